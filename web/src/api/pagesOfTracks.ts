import type { InfiniteData } from "@tanstack/react-query";
import type { Page, Track } from "./types";

/** A list of tracks as it was fetched, page by page, and the same with one track more, another or less. */
export type Pages = InfiniteData<Page<Track>>;

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

export function without(lists: Pages, id: string): Pages {
  const has = (page: Page<Track>) => page.items.some((one) => one.id === id);
  if (!lists.pages.some(has)) return lists;
  return {
    ...lists,
    pages: lists.pages.map((page) =>
      has(page) ? { ...page, items: page.items.filter((one) => one.id !== id) } : page,
    ),
  };
}
