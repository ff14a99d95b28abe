import type { InfiniteData } from "@tanstack/react-query";
import { rememberTrack } from "./queries";
import { queryClient } from "./queryClient";
import type { Page, Track } from "./types";

/**
 * One's own tracks, drafts and published, as lists in the cache. They are changed in place: asking for
 * thousands of tracks again after each change would take as many pages, one after the other.
 */
export const MINE = ["tracks", "mine"] as const;

type Pages = InfiniteData<Page<Track>>;

/** Puts a track, as it is now, into the list where it belongs, and takes it from where it was. */
export function placeMine(track: Track): void {
  rememberTrack(track);
  const isOut = track.publication === "published";
  for (const [key, lists] of queryClient.getQueriesData<Pages>({ queryKey: MINE })) {
    if (lists) queryClient.setQueryData<Pages>(key, key[2] === isOut ? withTrack(lists, track) : without(lists, track.id));
  }
}

export function removeMine(id: string): void {
  queryClient.setQueriesData<Pages>({ queryKey: MINE }, (lists) => lists && without(lists, id));
}

/** Newest first, as the server has it: ids are made in the order of time. */
export function withTrack(lists: Pages, track: Track): Pages {
  let placed = false;
  const last = lists.pages.length - 1;
  const pages = lists.pages.map((page, number) => {
    if (placed) return page;
    const place = page.items.findIndex((one) => one.id <= track.id);
    if (place < 0 && (number < last || page.next !== null)) return page;
    placed = true;
    if (place < 0) return { ...page, items: [...page.items, track] };
    return { ...page, items: page.items.toSpliced(place, page.items[place]!.id === track.id ? 1 : 0, track) };
  });
  return { ...lists, pages };
}

function without(lists: Pages, id: string): Pages {
  const has = (page: Page<Track>) => page.items.some((one) => one.id === id);
  if (!lists.pages.some(has)) return lists;
  return {
    ...lists,
    pages: lists.pages.map((page) =>
      has(page) ? { ...page, items: page.items.filter((one) => one.id !== id) } : page,
    ),
  };
}
