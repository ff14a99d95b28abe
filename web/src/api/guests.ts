import { request } from "./client";
import type { GuestData, GuestFollow } from "./types";

/** Mail for people without an account. The secrets come from links in their mails. */

/** The answer is the same for every address. */
export async function askForMail(partyId: string, email: string): Promise<void> {
  await request<void>("POST", `/profiles/${partyId}/mail`, { body: { email } });
}

export const confirmMail = (token: string): Promise<GuestFollow> =>
  request<GuestFollow>("POST", "/guests/confirm", { body: { token } });

export async function unsubscribe(token: string, everything: boolean): Promise<void> {
  await request<void>("POST", "/guests/unsubscribe", { body: { token, everything } });
}

/** The answer is the same for every address. */
export async function askForGuestData(email: string): Promise<void> {
  await request<void>("POST", "/guests/link", { body: { email } });
}

export const getGuestData = (token: string, signal: AbortSignal): Promise<GuestData> =>
  request<GuestData>("POST", "/guests/data", { body: { token }, signal });

export async function eraseGuest(token: string): Promise<void> {
  await request<void>("POST", "/guests/erase", { body: { token } });
}
