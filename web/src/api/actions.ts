import type { InfiniteData } from "@tanstack/react-query";
import { ApiError, newKey, request } from "./client";
import { startAnew } from "./kept";
import { meQuery, rememberTrack } from "./queries";
import { queryClient } from "./queryClient";
import type { Account, Artist, Me, NewArtist, Page, Release, ReleaseKind, Track, TrackChange } from "./types";

/** Writes. Each returns what the server answered and marks stale what it changed. */

export async function signIn(email: string, password: string): Promise<void> {
  await request<{ account: Account }>("POST", "/sessions", {
    body: { email, password },
    headers: { "X-Session": "cookie" },
  });
  await asSomeoneElse();
}

export async function signUp(email: string, password: string, displayName: string, key: string): Promise<void> {
  await request<Account>("POST", "/accounts", {
    body: { email, password, display_name: displayName },
    idempotencyKey: key,
  });
  await signIn(email, password);
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

/** What the viewer may see has changed: nothing fetched before is kept. */
async function asSomeoneElse(): Promise<void> {
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

export async function createArtist(artist: NewArtist, key: string): Promise<Artist> {
  const made = await request<Artist>("POST", "/artists", { body: artist, idempotencyKey: key });
  await queryClient.fetchQuery({ ...meQuery, staleTime: 0 });
  return made;
}

/** The name of an artist stands beside all that it made. */
export async function changeArtist(id: string, artist: NewArtist): Promise<Artist> {
  const changed = await request<Artist>("PATCH", `/artists/${id}`, { body: artist });
  await stale("me", "artist", "artists", "tracks", "track", "releases", "release");
  return changed;
}

export async function createRelease(
  artistId: string,
  title: string,
  kind: ReleaseKind,
  key: string,
): Promise<Release> {
  const body = { artist_id: artistId, title, kind };
  const release = await request<Release>("POST", "/releases", { body, idempotencyKey: key });
  await queryClient.invalidateQueries({ queryKey: ["releases"] });
  return release;
}

export const publishRelease = (id: string) =>
  releaseAction(request<Release>("POST", `/releases/${id}/publish`, { idempotencyKey: newKey() }));

export const renameRelease = (id: string, title: string) =>
  releaseAction(request<Release>("PATCH", `/releases/${id}`, { body: { title } }));

export const changeTrack = (id: string, change: TrackChange) =>
  trackAction(request<Track>("PATCH", `/tracks/${id}`, { body: change }));

export const publishTrack = (id: string) =>
  trackAction(request<Track>("POST", `/tracks/${id}/publish`, { idempotencyKey: newKey() }));

export const unpublishTrack = (id: string) =>
  trackAction(request<Track>("POST", `/tracks/${id}/unpublish`, { idempotencyKey: newKey() }));

/** Out of sight at once, before the server has answered; `restoreTrack` undoes it for seven days. */
export async function deleteTrack(id: string): Promise<void> {
  queryClient.setQueriesData<InfiniteData<Page<Track>>>({ queryKey: ["tracks"] }, (lists) =>
    lists && {
      ...lists,
      pages: lists.pages.map((page) => ({ ...page, items: page.items.filter((one) => one.id !== id) })),
    },
  );
  try {
    // What is still being asked about it would be refused once it is gone.
    await Promise.all(["track", "steps"].map((key) => queryClient.cancelQueries({ queryKey: [key, id] })));
    await request<void>("DELETE", `/tracks/${id}`);
    queryClient.removeQueries({ queryKey: ["track", id] });
  } finally {
    await queryClient.invalidateQueries({ queryKey: ["tracks"] });
  }
}

export const restoreTrack = (id: string) =>
  trackAction(request<Track>("POST", `/tracks/${id}/restore`, { idempotencyKey: newKey() }));

export async function retryStep(trackId: string, step: string): Promise<void> {
  await request<void>("POST", `/tracks/${trackId}/steps/${step}/retry`);
  await queryClient.invalidateQueries({ queryKey: ["steps", trackId] });
}

async function releaseAction(pending: Promise<Release>): Promise<Release> {
  const release = await pending;
  await stale("releases", "release", "tracks", "track");
  return release;
}

async function stale(...kinds: readonly string[]): Promise<void> {
  await Promise.all(kinds.map((kind) => queryClient.invalidateQueries({ queryKey: [kind] })));
}

async function trackAction(pending: Promise<Track>): Promise<Track> {
  const track = await pending;
  rememberTrack(track);
  await stale("tracks", "release", "releases");
  return track;
}
