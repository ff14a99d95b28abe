/** The secret of a claim's mail, kept as an invitation's is (`features/team/invitationToken`). */

const KEY = "basedmusic.claim";

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
