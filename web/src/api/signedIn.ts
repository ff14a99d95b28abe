/** Set and cleared by the server beside the session's own cookie, which scripts can't read. */
const MARK = "basedmusic_signed_in";

/** Whether asking who is looking is worth a request: a guest's visit begins without a refused one. */
export function seemsSignedIn(): boolean {
  return document.cookie.split("; ").includes(`${MARK}=1`);
}

/** The session ended earlier than its mark: swept, or signed out elsewhere. */
export function forgetSignedIn(): void {
  document.cookie = `${MARK}=; Max-Age=0; Path=/; SameSite=Lax`;
}
