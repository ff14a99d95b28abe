import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { request } from "./client";
import { meQuery } from "./queries";
import { queryClient } from "./queryClient";
import type { Claim, Page, WaitingClaim } from "./types";

/** Saying that a profile is one's own, proving it, and deciding where nothing proves it. Never kept on the device. */

/** The viewer's claim on a profile that is under way, or the last one that was decided. */
export const claimQuery = (profileId: string) =>
  queryOptions({
    queryKey: ["claim", profileId],
    queryFn: async ({ signal }) => {
      const page = await request<Page<Claim>>("GET", "/me/claims", { query: { limit: 100 }, signal });
      return page.items.find(({ profile }) => profile.id === profileId) ?? null;
    },
  });

export const waitingClaimsQuery = infiniteQueryOptions({
  queryKey: ["claims", "waiting"],
  initialPageParam: null as string | null,
  queryFn: ({ pageParam, signal }) =>
    request<Page<WaitingClaim>>("GET", "/claims", { query: { limit: 50, after: pageParam }, signal }),
  getNextPageParam: (last: Page<WaitingClaim>) => last.next,
});

export const beginClaim = (profileId: string) => settled(request<Claim>("POST", `/profiles/${profileId}/claims`));
export const lookAtSite = (id: string) => settled(request<Claim>("POST", `/claims/${id}/look`));
export const askModerators = (id: string, words: string) => settled(request<Claim>("PUT", `/claims/${id}/words`, { body: { words } }));
export const proveByMail = (token: string) => settled(request<Claim>("POST", "/claims/prove", { body: { token } }));

export async function sendClaimMail(id: string, email: string): Promise<void> {
  await request<Claim>("POST", `/claims/${id}/mail`, { body: { email } });
}

export async function withdrawClaim(claim: Claim): Promise<void> {
  await request<void>("DELETE", `/claims/${claim.id}`);
  queryClient.setQueryData(["claim", claim.profile.id], null);
}

export type Decision = "granted" | "replaced" | "refused";

export async function decideClaim(id: string, decision: Decision, answer: string): Promise<void> {
  try {
    await request<void>("PUT", `/claims/${id}/decision`, { body: { decision, answer } });
  } finally {
    await queryClient.invalidateQueries({ queryKey: ["claims"] });
  }
}

/** Until a moderator has decided, nothing of the profile changes. */
export const freezeProfile = (profileId: string) => request<void>("PUT", `/profiles/${profileId}/dispute`);

async function settled(pending: Promise<Claim>): Promise<Claim> {
  const claim = await pending;
  queryClient.setQueryData(["claim", claim.profile.id], claim);
  if (claim.status === "granted") {
    await queryClient.fetchQuery({ ...meQuery, staleTime: 0 });
    await Promise.all(
      ["artist", "artists", "venue", "organiser", "profile"].map((kind) => queryClient.invalidateQueries({ queryKey: [kind] })),
    );
  }
  return claim;
}
