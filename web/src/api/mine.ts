import { type Pages, newestFirst, without } from "./pages";
import { rememberTrack } from "./queries";
import { queryClient } from "./queryClient";
import type { Track } from "./types";

/**
 * One's own tracks, drafts and published, as lists in the cache. They are changed in place: asking for
 * thousands of tracks again after each change would take as many pages, one after the other.
 */
export const MINE = ["tracks", "mine"] as const;

/** Puts a track, as it is now, into the lists where it belongs, of all artists and of its own, and takes it from where it was. */
export function placeMine(track: Track): void {
  rememberTrack(track);
  const isOut = track.publication === "published";
  for (const [key, lists] of queryClient.getQueriesData<Pages<Track>>({ queryKey: MINE })) {
    const belongs = key[2] === isOut && (key[3] === null || key[3] === track.artist.id);
    if (lists) queryClient.setQueryData<Pages<Track>>(key, belongs ? newestFirst(lists, track) : without(lists, track.id));
  }
}

export function removeMine(id: string): void {
  queryClient.setQueriesData<Pages<Track>>({ queryKey: MINE }, (lists) => lists && without(lists, id));
}
