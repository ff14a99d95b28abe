import type { InfiniteData } from "@tanstack/react-query";
import { request } from "./client";
import { queryClient } from "./queryClient";
import type { Artist, Page, Release, Track } from "./types";

/**
 * Keeping things. A mark is shown everywhere before the server has answered, and taken back if it refuses; the
 * lists of what is kept are asked for again.
 */

export const saveTrack = (id: string) =>
  keep<Track>("PUT", `/me/saved/tracks/${id}`, { one: "track", many: "tracks", id, mark: { saved: true } });

export const unsaveTrack = (id: string) =>
  keep<Track>("DELETE", `/me/saved/tracks/${id}`, { one: "track", many: "tracks", id, mark: { saved: false } });

export const saveRelease = (id: string) =>
  keep<Release>("PUT", `/me/saved/releases/${id}`, { one: "release", many: "releases", id, mark: { saved: true } });

export const unsaveRelease = (id: string) =>
  keep<Release>("DELETE", `/me/saved/releases/${id}`, { one: "release", many: "releases", id, mark: { saved: false } });

export const follow = (id: string) =>
  keep<Artist>("PUT", `/me/following/${id}`, { one: "artist", many: "artists", id, mark: { following: true } });

export const unfollow = (id: string) =>
  keep<Artist>("DELETE", `/me/following/${id}`, { one: "artist", many: "artists", id, mark: { following: false } });

interface Kept<T> {
  /** First parts of the keys under which single ones and lists of them are cached. */
  one: string;
  many: string;
  id: string;
  mark: Partial<T>;
}

async function keep<T extends { id: string }>(method: "PUT" | "DELETE", path: string, kept: Kept<T>): Promise<void> {
  const { one, many } = kept;
  const before = [one, many].flatMap((key) => queryClient.getQueriesData({ queryKey: [key] }));
  showMark(kept);
  try {
    await request<void>(method, path);
    showMark(kept); // again, over what was asked for before it and has come meanwhile
  } catch (error) {
    for (const [key, data] of before) queryClient.setQueryData(key, data);
    throw error;
  } finally {
    await queryClient.invalidateQueries({ queryKey: [many, "kept"] });
  }
}

function showMark<T extends { id: string }>({ one, many, id, mark }: Kept<T>): void {
  const marked = (thing: T): T => (thing.id === id ? { ...thing, ...mark } : thing);
  queryClient.setQueriesData<T>({ queryKey: [one] }, (thing) => thing && marked(thing));
  queryClient.setQueriesData<InfiniteData<Page<T>>>(
    { queryKey: [many] },
    (lists) => lists && { ...lists, pages: lists.pages.map((page) => ({ ...page, items: page.items.map(marked) })) },
  );
}
