// Where a page goes when its session has ended. Who is signed in is a query: api/me.ts.

let leaving = false;

/** To the sign-in page, and back to this very view (its whole state is in the URL) afterwards. Once per page. */
export function signInAgain(): void {
  const { pathname, search, hash } = window.location;
  if (leaving || pathname === "/signin") return;
  leaving = true;
  const back = pathname + search + hash;
  window.location.assign(back === "/" ? "/signin" : `/signin?back=${encodeURIComponent(back)}`);
}
