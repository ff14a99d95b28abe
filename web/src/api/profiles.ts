import { queryOptions } from "@tanstack/react-query";
import { request } from "./client";
import { meQuery } from "./queries";
import { queryClient } from "./queryClient";
import type { NewOrganiser, NewVenue, Organiser, ProfileRef, Venue } from "./types";

/** Venues and organisers: what they tell about themselves. */

export const venueQuery = (slugOrId: string) =>
  queryOptions({
    queryKey: ["venue", slugOrId],
    queryFn: ({ signal }) => request<Venue>("GET", `/venues/${encodeURIComponent(slugOrId)}`, { signal }),
  });

export const organiserQuery = (slugOrId: string) =>
  queryOptions({
    queryKey: ["organiser", slugOrId],
    queryFn: ({ signal }) => request<Organiser>("GET", `/organisers/${encodeURIComponent(slugOrId)}`, { signal }),
  });

/** Any artist, venue or organiser, in short. */
export const profileQuery = (id: string) =>
  queryOptions({
    queryKey: ["profile", id],
    queryFn: ({ signal }) => request<ProfileRef>("GET", `/profiles/${encodeURIComponent(id)}`, { signal }),
  });

export const createVenue = (venue: NewVenue, key: string) => made(request<Venue>("POST", "/venues", { body: venue, idempotencyKey: key }));

export const createOrganiser = (organiser: NewOrganiser, key: string) =>
  made(request<Organiser>("POST", "/organisers", { body: organiser, idempotencyKey: key }));

export const changeVenue = (id: string, venue: NewVenue) => made(request<Venue>("PATCH", `/venues/${id}`, { body: venue }));

export const changeOrganiser = (id: string, organiser: NewOrganiser) =>
  made(request<Organiser>("PATCH", `/organisers/${id}`, { body: organiser }));

async function made<T>(pending: Promise<T>): Promise<T> {
  const card = await pending;
  await queryClient.fetchQuery({ ...meQuery, staleTime: 0 });
  await Promise.all(["venue", "organiser", "profile"].map((kind) => queryClient.invalidateQueries({ queryKey: [kind] })));
  return card;
}
