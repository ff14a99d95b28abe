import type { InfiniteData } from "@tanstack/react-query";
import type { Page } from "./types";

/** A list as it was fetched, page by page, and the same with one thing more, another or less. */
export type Pages<T> = InfiniteData<Page<T>>;

interface Named {
  id: string;
}

/** Before the first that `stands` after it, or in its own place; what comes after all that is fetched comes with its page. */
export function withItem<T extends Named>(lists: Pages<T>, item: T, stands: (after: T) => boolean): Pages<T> {
  let placed = false;
  const last = lists.pages.length - 1;
  const pages = lists.pages.map((page, number) => {
    if (placed) return page;
    const place = page.items.findIndex((one) => one.id === item.id || stands(one));
    if (place < 0 && (number < last || page.next !== null)) return page;
    placed = true;
    if (place < 0) return { ...page, items: [...page.items, item] };
    return { ...page, items: page.items.toSpliced(place, page.items[place]!.id === item.id ? 1 : 0, item) };
  });
  return { ...lists, pages };
}

/** Newest first, as the server has it: ids are made in the order of time. */
export const newestFirst = <T extends Named>(lists: Pages<T>, item: T): Pages<T> =>
  withItem(lists, item, (one) => one.id < item.id);

/** What was taken out goes back to its page, before what stood after it in `earlier`; it may have changed since. */
export function putBack<T extends Named>(lists: Pages<T>, item: T, earlier: Pages<T>): Pages<T> {
  if (lists.pages.some((page) => has(page, item.id))) return lists;
  const itsPage = earlier.pages.findIndex((page) => has(page, item.id));
  const items = earlier.pages[itsPage]?.items ?? [];
  const after = new Set(items.slice(items.findIndex((one) => one.id === item.id) + 1).map((one) => one.id));
  const pages = lists.pages.map((page, number) => {
    if (number !== Math.min(itsPage, lists.pages.length - 1)) return page;
    const place = page.items.findIndex((one) => after.has(one.id));
    return { ...page, items: page.items.toSpliced(place < 0 ? page.items.length : place, 0, item) };
  });
  return { ...lists, pages };
}

export function without<T extends Named>(lists: Pages<T>, id: string): Pages<T> {
  if (!lists.pages.some((page) => has(page, id))) return lists;
  return {
    ...lists,
    pages: lists.pages.map((page) =>
      has(page, id) ? { ...page, items: page.items.filter((one) => one.id !== id) } : page,
    ),
  };
}

export const has = (page: Page<Named>, id: string): boolean => page.items.some((one) => one.id === id);
