/**
 * The secret of an invitation's link. It stands after the #, which no server is sent, and is moved out of sight into
 * this tab's own storage, so that it outlives signing in and up.
 */

const KEY = "basedmusic.invitation";

export function takeToken(): string | null {
  const given = location.hash.slice(1);
  try {
    if (!given) return sessionStorage.getItem(KEY);
    sessionStorage.setItem(KEY, given);
    history.replaceState(history.state, "", location.pathname);
  } catch {
    // Storage is off: then the address keeps it.
  }
  return given || null;
}

export function forgetToken(): void {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // There was none.
  }
}
