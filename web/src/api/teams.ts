import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { request } from "./client";
import { meQuery } from "./queries";
import { queryClient } from "./queryClient";
import type { Invitation, Member, NewInvitation, Offer, Page, ProfileRole } from "./types";

/** Who belongs to a profile, and how somebody comes to. What is read here is never kept on the device (`kept.ts`). */

const MEMBERS = 100;

export const membersQuery = (partyId: string) => listQuery<Member>("members", partyId);
export const invitationsQuery = (partyId: string) => listQuery<Invitation>("invitations", partyId);

function listQuery<T>(what: "members" | "invitations", partyId: string) {
  return infiniteQueryOptions({
    queryKey: [what, partyId],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      request<Page<T>>("GET", `/profiles/${partyId}/${what}`, { query: { limit: MEMBERS, after: pageParam }, signal }),
    getNextPageParam: (last: Page<T>) => last.next,
  });
}

/** What the holder of an invitation's link is offered. */
export const offerQuery = (token: string) =>
  queryOptions({
    queryKey: ["offer", token],
    retry: false,
    gcTime: 0,
    queryFn: ({ signal }) => request<Offer>("POST", "/invitations/preview", { body: { token }, signal }),
  });

export async function invite(partyId: string, role: ProfileRole, email: string): Promise<NewInvitation> {
  const made = await request<NewInvitation>("POST", `/profiles/${partyId}/invitations`, { body: { role, email: email || null } });
  await fresh("invitations", partyId);
  return made;
}

export async function takeBackInvitation(partyId: string, id: string): Promise<void> {
  try {
    await request<void>("DELETE", `/profiles/${partyId}/invitations/${id}`);
  } finally {
    await fresh("invitations", partyId);
  }
}

export async function changeRole(partyId: string, accountId: string, role: ProfileRole): Promise<void> {
  try {
    await request<Member>("PUT", `/profiles/${partyId}/members/${accountId}`, { body: { role } });
  } finally {
    await Promise.all([fresh("members", partyId), fresh("invitations", partyId), refreshMe()]);
  }
}

export async function removeMember(partyId: string, accountId: string): Promise<void> {
  try {
    await request<void>("DELETE", `/profiles/${partyId}/members/${accountId}`);
  } finally {
    await fresh("members", partyId);
  }
}

export async function leaveProfile(partyId: string): Promise<void> {
  await request<void>("DELETE", `/me/profiles/${partyId}`);
  await refreshMe();
}

/** A member becomes an owner in the viewer's place, who stays as `stayAs`, or goes. */
export async function handOn(partyId: string, accountId: string, stayAs: Exclude<ProfileRole, "owner"> | null): Promise<void> {
  await request<void>("POST", `/profiles/${partyId}/transfer`, { body: { account_id: accountId, stay_as: stayAs } });
  await refreshMe();
  await fresh("members", partyId);
  // Whom else the new owner lets in is no longer everybody's to see.
  if (stayAs === "manager") await fresh("invitations", partyId);
}

export async function acceptInvitation(token: string): Promise<Offer> {
  const joined = await request<Offer>("POST", "/invitations/accept", { body: { token } });
  await refreshMe();
  return joined;
}

async function refreshMe(): Promise<void> {
  await queryClient.fetchQuery({ ...meQuery, staleTime: 0 });
  await queryClient.invalidateQueries({ queryKey: ["tracks", "mine"] });
}

async function fresh(what: "members" | "invitations", partyId: string): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: [what, partyId] });
}
