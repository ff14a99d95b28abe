/**
 * The secret of a mail's link. It stands after the #, which no server is sent, and is taken out of sight at once.
 * It lives in this page only: whoever reloads opens the mail's link again.
 */

let taken: { path: string; secret: string } | null = null;

/** Asked twice for one address, it gives the same. */
export function takeFragment(): string | null {
  const given = location.hash.slice(1);
  if (given) {
    taken = { path: location.pathname, secret: decodeURIComponent(given) };
    history.replaceState(history.state, "", location.pathname + location.search);
  }
  return taken?.path === location.pathname ? taken.secret : null;
}

export function forgetFragment(): void {
  taken = null;
}
