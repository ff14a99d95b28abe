/** Set and cleared by the server beside the session's own cookie, which scripts can't read. */
const MARK = "basedmusic_signed_in";

/** Whether asking who is looking is worth a request: a guest's visit begins without a refused one. */
export const seemsSignedIn = (): boolean => signedInMark() !== null;

/** Always the same for one account and nobody else's; null for a guest. */
export function signedInMark(): string | null {
  const named = `${MARK}=`;
  const cookie = document.cookie.split("; ").find((one) => one.startsWith(named));
  return cookie?.slice(named.length) || null;
}

/** The session ended earlier than its mark: swept, or signed out elsewhere. */
export function forgetSignedIn(): void {
  document.cookie = `${MARK}=; Max-Age=0; Path=/; SameSite=Lax`;
}
