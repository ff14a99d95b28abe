import { queryOptions } from "@tanstack/react-query";
import { request } from "./client";
import { meQuery } from "./queries";
import { queryClient } from "./queryClient";
import type { ClosedProfile, ClosingPreview } from "./types";

/** Closing a profile with all that is its own, and taking that back. Never kept on the device (`kept.ts`). */

export const closingPreviewQuery = (partyId: string) =>
  queryOptions({
    queryKey: ["closing", partyId],
    staleTime: 0,
    meta: { kept: false },
    queryFn: ({ signal }) => request<ClosingPreview>("GET", `/profiles/${partyId}/closing`, { signal }),
  });

/** One's own that are closed and not gone yet. */
export const closedProfilesQuery = queryOptions({
  queryKey: ["closed-profiles"],
  staleTime: 0,
  meta: { kept: false },
  queryFn: ({ signal }) => request<{ profiles: ClosedProfile[] }>("GET", "/me/closed-profiles", { signal }),
});

export async function closeProfile(partyId: string, name: string): Promise<void> {
  await request<{ gone_at: string }>("POST", `/profiles/${partyId}/closing`, { body: { name } });
  await allIsStale(partyId);
}

export async function reopenProfile(partyId: string): Promise<void> {
  await request<void>("DELETE", `/profiles/${partyId}/closing`);
  await allIsStale();
}

/** Its music was, or is again, in any list. What only an open profile tells of itself is not asked of a closed one. */
async function allIsStale(closed?: string): Promise<void> {
  await queryClient.fetchQuery({ ...meQuery, staleTime: 0 });
  await queryClient.invalidateQueries({ predicate: ({ queryKey }) => closed === undefined || queryKey[1] !== closed });
}
