import { ApiError, request } from "./client";
import { pages } from "./queries";
import { queryClient } from "./queryClient";
import type { Key, KeyToMake, NewKey } from "./types";

/** What programs sign in with. Never kept on the device (`kept.ts`). */

export const keysQuery = pages<Key>(["keys"], "/me/keys");

/** Its secret is told this once. */
export async function makeKey(wanted: KeyToMake): Promise<NewKey> {
  const made = await request<NewKey>("POST", "/me/keys", { body: wanted });
  await fresh();
  return made;
}

export async function takeKeyBack(id: string): Promise<void> {
  try {
    await request<void>("DELETE", `/me/keys/${id}`);
  } catch (error) {
    // Gone already: that is what was asked for.
    if (!(error instanceof ApiError) || error.status !== 404) throw error;
  } finally {
    await fresh();
  }
}

async function fresh(): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: ["keys"] });
}
