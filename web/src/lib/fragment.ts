/**
 * The secret of a link. It stands after the #, which no server is sent, and is moved out of sight into this tab's own
 * storage at once: there it outlives a reload and signing in, and ends with the tab, or when it has been used.
 */

const keyOf = (path: string): string => `basedmusic.secret ${path}`;

/** The secret that came with this address, now or before in this tab; null: none did. */
export function takeFragment(): string | null {
  const given = read(location.hash.slice(1));
  try {
    if (!given) return sessionStorage.getItem(keyOf(location.pathname));
    sessionStorage.setItem(keyOf(location.pathname), given);
    history.replaceState(history.state, "", location.pathname + location.search);
  } catch {
    // Storage is off: then the address keeps it.
  }
  return given || null;
}

/** It was used, or is over: a reload must not offer it again. */
export function forgetFragment(): void {
  try {
    sessionStorage.removeItem(keyOf(location.pathname));
  } catch {
    // There was none.
  }
}

/** A mail program may have escaped it, or cut it off in the middle of an escape. */
function read(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}
