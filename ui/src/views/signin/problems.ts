// Why somebody was sent back to sign in. The address holds a word of this table: a link of a stranger's says nothing of
// its own on this page.
const SENTENCES: Record<string, string> = {
  oidc_away: "The sign-in service cannot be reached. Try again in a moment.",
  oidc_refused: "The sign-in service did not let you in, or you cancelled.",
  oidc_expired: "This sign-in took too long, or was begun in another browser. Begin again.",
  oidc_no_role: "Your account is in no group that may come in here. Ask an administrator.",
  oidc_closed: "Your account here is closed. Ask an administrator.",
  oidc_off: "Signing in with an organisation's account is not set up on this server.",
  oidc_failed: "Signing in did not work. The server's log says why.",
};

export function sentenceFor(problem: string): string {
  return Object.hasOwn(SENTENCES, problem) ? (SENTENCES[problem] ?? "") : (SENTENCES.oidc_failed ?? "");
}
