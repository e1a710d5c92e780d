// Whether a token opens anything now, and what a new one is limited to. Pure.
import type { GrantInfo, TokenInfo } from "~/api/schema";

export function tokenState(
  token: Pick<TokenInfo, "expires_at" | "revoked_at">,
  now: Date,
): "Active" | "Expired" | "Revoked" {
  if (token.revoked_at) return "Revoked";
  return token.expires_at && Date.parse(token.expires_at) <= now.getTime() ? "Expired" : "Active";
}

export type Scope = "all" | "read" | "trigger";

/** The rights of one's own that a scope keeps; null: all of them, also those to come. */
export function scopesOf(scope: Scope, own: readonly GrantInfo[], dags: string): GrantInfo[] | null {
  if (scope === "all") return null;
  if (scope === "read") return own.filter((one) => one.action === "read");
  const wanted = new Set(["dag read", "run read", "run create", "task read"]);
  return own
    .filter((one) => wanted.has(`${one.resource} ${one.action}`))
    .map((one) => ({ ...one, dags: dags.trim() || (one.dags ?? "*") }));
}

export function endOf(days: number, now: Date): string | null {
  return days > 0 ? new Date(now.getTime() + days * 86_400_000).toISOString() : null;
}
