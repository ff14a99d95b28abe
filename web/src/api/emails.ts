import { asSomeoneElse } from "./actions";
import { request } from "./client";
import { meQuery } from "./queries";
import { queryClient } from "./queryClient";
import type { ConfirmedEmail } from "./types";

/** An account's address, and what the links in mails are for. */

/** Sends the mail that confirms the address once more. */
export async function askToVerify(): Promise<void> {
  await request<void>("POST", "/me/email/verification");
}

/** A link goes to the new address; the present one stays until it is used. */
export async function changeEmail(email: string, password: string): Promise<ConfirmedEmail> {
  const asked = await request<ConfirmedEmail>("POST", "/me/email", { body: { email, password } });
  await refreshMe();
  return asked;
}

export async function stopEmailChange(): Promise<void> {
  await request<void>("DELETE", "/me/email/change");
  await refreshMe();
}

export async function confirmEmail(token: string): Promise<ConfirmedEmail> {
  const confirmed = await request<ConfirmedEmail>("POST", "/emails/confirm", { body: { token } });
  await refreshMe();
  return confirmed;
}

/** Everybody is signed out, this browser too; gives the secret to choose a new password with. */
export async function takeEmailBack(token: string): Promise<string> {
  const { reset_token } = await request<{ reset_token: string }>("POST", "/emails/take-back", { body: { token } });
  await asSomeoneElse();
  return reset_token;
}

/** Answered alike whether there is such an account or not. */
export async function forgotPassword(email: string): Promise<void> {
  await request<void>("POST", "/password-resets", { body: { email } });
}

/** Everybody is signed out, this browser too. Refused with words for `password`. */
export async function resetPassword(token: string, password: string): Promise<void> {
  await request<void>("POST", "/password-resets/use", { body: { token, password } });
  await asSomeoneElse();
}

async function refreshMe(): Promise<void> {
  await queryClient.fetchQuery({ ...meQuery, staleTime: 0 });
}
