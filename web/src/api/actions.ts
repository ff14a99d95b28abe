import { ApiError, request } from "./client";
import { startAnew } from "./kept";
import { meQuery } from "./queries";
import { queryClient } from "./queryClient";
import type { Account, Me, NewAccount } from "./types";

/** Who is looking: signing up, in and out, and what an account may change of itself. */

export async function signIn(email: string, password: string): Promise<void> {
  await request<{ account: Account }>("POST", "/sessions", {
    body: { email, password, time_zone: timeZone() },
    headers: { "X-Session": "cookie" },
  });
  await asSomeoneElse();
}

/** Kept as its city, by which one knows one's devices; a browser that says none says nothing. */
function timeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
}

export async function signUp(newcomer: NewAccount, key: string): Promise<void> {
  await request<Account>("POST", "/accounts", { body: newcomer, idempotencyKey: key });
  await signIn(newcomer.email, newcomer.password);
}

export async function signOut(): Promise<void> {
  try {
    await request<void>("DELETE", "/sessions/current");
  } catch (error) {
    // Signed out elsewhere already: that is what was asked for.
    if (!(error instanceof ApiError) || error.status !== 401) throw error;
  }
  await asSomeoneElse();
}

/** All sessions of the account end, this one too. */
export async function signOutEverywhere(): Promise<void> {
  await request<void>("DELETE", "/sessions");
  await asSomeoneElse();
}

/** What the viewer may see has changed: nothing fetched before is kept. */
export async function asSomeoneElse(): Promise<void> {
  await startAnew(queryClient);
  await queryClient.fetchQuery({ ...meQuery, staleTime: 0 });
}

/** How others are told who this is. */
export async function changeDisplayName(displayName: string): Promise<Me> {
  const me = await request<Me>("PATCH", "/me", { body: { display_name: displayName } });
  queryClient.setQueryData(meQuery.queryKey, me);
  return me;
}

/** Signs out everywhere else. Refused as `wrong_password` (field `current`) or with words for `new`. */
export async function changePassword(current: string, chosen: string): Promise<void> {
  await request<void>("POST", "/me/password", { body: { current, new: chosen } });
  await stale("sessions");
}

/** Another of the viewer's; for this one there is `signOut`. */
export async function endSession(id: string): Promise<void> {
  try {
    await request<void>("DELETE", `/me/sessions/${id}`);
  } catch (error) {
    // Over already: that is what was asked for.
    if (!(error instanceof ApiError) || error.status !== 404) throw error;
  } finally {
    await stale("sessions");
  }
}

async function stale(...kinds: readonly string[]): Promise<void> {
  await Promise.all(kinds.map((kind) => queryClient.invalidateQueries({ queryKey: [kind] })));
}
