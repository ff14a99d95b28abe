import { newKey, request } from "./client";
import { MINE, placeMine, removeMine } from "./mine";
import { meQuery } from "./queries";
import { queryClient } from "./queryClient";
import type { Artist, NewArtist, NewRelease, Page, Release, ReleaseChange, Track, TrackChange } from "./types";

/** What artists write: their pages, releases and tracks. Each returns what the server answered. */

export async function createArtist(artist: NewArtist, key: string): Promise<Artist> {
  const made = await request<Artist>("POST", "/artists", { body: artist, idempotencyKey: key });
  await queryClient.fetchQuery({ ...meQuery, staleTime: 0 });
  return made;
}

/** The name of an artist stands beside all that it made. */
export async function changeArtist(id: string, artist: NewArtist): Promise<Artist> {
  const changed = await request<Artist>("PATCH", `/artists/${id}`, { body: artist });
  await Promise.all(
    ["me", "artist", "artists", "tracks", "track", "releases", "release"].map((kind) =>
      queryClient.invalidateQueries({ queryKey: [kind] }),
    ),
  );
  return changed;
}

export async function createRelease(release: NewRelease, key: string): Promise<Release> {
  const made = await request<Release>("POST", "/releases", { body: release, idempotencyKey: key });
  await queryClient.invalidateQueries({ queryKey: ["releases"] });
  return made;
}

export const publishRelease = (id: string) =>
  releaseAction(request<Release>("POST", `/releases/${id}/publish`, { idempotencyKey: newKey() }));

export const changeRelease = (id: string, change: ReleaseChange) =>
  releaseAction(request<Release>("PATCH", `/releases/${id}`, { body: change }));

/** `trackIds` names each track of the release once. */
export async function orderRelease(id: string, trackIds: readonly string[]): Promise<void> {
  try {
    await request<void>("PUT", `/releases/${id}/tracks`, { body: { track_ids: trackIds } });
  } finally {
    await shownElsewhereIsStale();
  }
}

export const changeTrack = (id: string, change: TrackChange) =>
  trackAction(request<Track>("PATCH", `/tracks/${id}`, { body: change }));

export const publishTrack = (id: string) =>
  trackAction(request<Track>("POST", `/tracks/${id}/publish`, { idempotencyKey: newKey() }));

export const unpublishTrack = (id: string) =>
  trackAction(request<Track>("POST", `/tracks/${id}/unpublish`, { idempotencyKey: newKey() }));

/** Out of sight at once, before the server has answered; `restoreTrack` undoes it for seven days. */
export async function deleteTrack(track: Track): Promise<void> {
  const { id } = track;
  removeMine(id);
  try {
    // What is still being asked about it would be refused once it is gone.
    await Promise.all(["track", "steps"].map((key) => queryClient.cancelQueries({ queryKey: [key, id] })));
    await request<void>("DELETE", `/tracks/${id}`);
    queryClient.removeQueries({ queryKey: ["track", id] });
  } catch (refused) {
    placeMine(track);
    throw refused;
  } finally {
    await shownElsewhereIsStale();
  }
}

export const restoreTrack = (id: string) =>
  trackAction(request<Track>("POST", `/tracks/${id}/restore`, { idempotencyKey: newKey() }));

export async function retryStep(trackId: string, step: string): Promise<void> {
  await request<void>("POST", `/tracks/${trackId}/steps/${step}/retry`);
  await queryClient.invalidateQueries({ queryKey: ["steps", trackId] });
}

/** Every list but one's own, which is kept up to date in place. */
export async function shownElsewhereIsStale(): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: ["tracks"], predicate: ({ queryKey }) => queryKey[1] !== MINE[1] }),
    queryClient.invalidateQueries({ queryKey: ["releases"] }),
    queryClient.invalidateQueries({ queryKey: ["release"] }),
  ]);
}

/** Its tracks have changed along: they show its name, and are published with it. */
async function releaseAction(pending: Promise<Release>): Promise<Release> {
  const release = await pending;
  const tracks = await tracksOf(release.id);
  tracks.forEach(placeMine);
  await shownElsewhereIsStale();
  return release;
}

async function trackAction(pending: Promise<Track>): Promise<Track> {
  const track = await pending;
  placeMine(track);
  await shownElsewhereIsStale();
  return track;
}

/** All of a release's tracks, in its order: a thousand at most. */
export async function tracksOf(releaseId: string, signal?: AbortSignal): Promise<Track[]> {
  const tracks: Track[] = [];
  let after: string | null = null;
  do {
    const query = { limit: 100, after };
    const page: Page<Track> = await request("GET", `/releases/${releaseId}/tracks`, { query, signal });
    tracks.push(...page.items);
    after = page.next;
  } while (after);
  return tracks;
}
