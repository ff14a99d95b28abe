import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { ApiError, request } from "./client";
import { startAnew } from "./kept";
import { queryClient } from "./queryClient";
import { forgetSignedIn, seemsSignedIn } from "./signedIn";
import type { Artist, CountedGenre, Followed, FollowedKind, HeardEntry, Legal, Me, Page, Preferences, Release, Session, Step, Track } from "./types";

/** The first page is in sight soon; whoever goes on past it wants more at once. */
const FIRST_PAGE = 24;
const NEXT_PAGE = 100;
/** A list longer than this many pages isn't fetched anew as a whole, page after page, just because it is shown again. */
const REFRESHED_PAGES = 2;

/** Who is looking: null for a guest. */
export const meQuery = queryOptions({
  queryKey: ["me"],
  staleTime: 5 * 60_000,
  queryFn: async ({ signal }): Promise<Me | null> => {
    if (!seemsSignedIn()) return null;
    try {
      return await request<Me>("GET", "/me", { signal });
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error;
      forgetSignedIn();
      await startAnew(queryClient);
      return null;
    }
  },
});

/** Where the viewer is signed in. */
export const sessionsQuery = pages<Session>(["sessions"], "/me/sessions");

export const genresQuery = queryOptions({
  queryKey: ["genres"],
  staleTime: 60_000,
  queryFn: ({ signal }) => request<Page<CountedGenre>>("GET", "/genres", { query: { limit: 100 }, signal }),
});

export const latestTracksQuery = trackPages(["tracks", "latest"], "/tracks");
/** One’s own, or one artist's of them: what is out, or the drafts. Kept up to date in place by `mine.ts`. */
export const myTracksQuery = (published: boolean, artistId: string | null = null) =>
  trackPages(["tracks", "mine", published, artistId], "/tracks", {
    mine: true,
    published,
    ...(artistId === null ? {} : { artist_id: artistId }),
  });
export const artistTracksQuery = (artistId: string) =>
  trackPages(["tracks", "artist", artistId], `/artists/${artistId}/tracks`);

export const genreTracksQuery = (genre: string) => trackPages(["tracks", "genre", genre], "/tracks", { genre });
export const genreArtistsQuery = (genre: string) => pages<Artist>(["artists", "genre", genre], "/artists", { genre });
export const genreReleasesQuery = (genre: string) =>
  pages<Release>(["releases", "genre", genre], "/releases", { genre });

export const latestReleasesQuery = pages<Release>(["releases", "latest"], "/releases");
export const artistReleasesQuery = (artistId: string) =>
  pages<Release>(["releases", "artist", artistId], `/artists/${artistId}/releases`);

export const latestArtistsQuery = pages<Artist>(["artists", "latest"], "/artists");

/** What the viewer keeps, last kept first; changed by `api/library`. */
export const savedTracksQuery = trackPages(["tracks", "kept"], "/me/saved/tracks");
export const savedReleasesQuery = pages<Release>(["releases", "kept"], "/me/saved/releases");
/** Of one kind, or of all. */
export const followingQuery = (kind?: FollowedKind) =>
  pages<Followed>(["following", kind ?? "all"], "/me/following", kind ? { kind } : {});

/** What the viewer heard, last heard first; nobody else sees it. */
export const historyQuery = pages<HeardEntry>(["history"], "/me/history", {}, ({ track }) => rememberTrack(track));

export const preferencesQuery = queryOptions({
  queryKey: ["preferences"],
  staleTime: 60_000,
  queryFn: ({ signal }) => request<Preferences>("GET", "/me/preferences", { signal }),
});

export const artistQuery = (slugOrId: string) =>
  queryOptions({
    queryKey: ["artist", slugOrId],
    queryFn: ({ signal }) => request<Artist>("GET", `/artists/${encodeURIComponent(slugOrId)}`, { signal }),
  });

export const legalQuery = (page: string) =>
  queryOptions({
    queryKey: ["legal", page],
    staleTime: 60_000,
    queryFn: ({ signal }) => request<Legal>("GET", `/legal/${encodeURIComponent(page)}`, { signal }),
  });

export const releaseQuery = (id: string) =>
  queryOptions({
    queryKey: ["release", id],
    queryFn: ({ signal }) =>
      request<Release>("GET", `/releases/${encodeURIComponent(id)}`, { signal }),
  });

export const releaseTracksQuery = (id: string) =>
  trackPages(["tracks", "release", id], `/releases/${encodeURIComponent(id)}/tracks`);

export const trackQuery = (id: string) =>
  queryOptions({
    queryKey: ["track", id],
    queryFn: ({ signal }) => request<Track>("GET", `/tracks/${encodeURIComponent(id)}`, { signal }),
  });

export const stepsQuery = (trackId: string) =>
  queryOptions({
    queryKey: ["steps", trackId],
    queryFn: ({ signal }) => request<Page<Step>>("GET", `/tracks/${trackId}/steps`, { signal }),
  });

/** Keeps a track under its own key, so that player and track page need not ask for it again. */
export function rememberTrack(track: Track): void {
  queryClient.setQueryData(["track", track.id], track);
}

type Query = Record<string, string | boolean>;

function trackPages(key: readonly unknown[], path: string, query: Query = {}) {
  return pages<Track>(key, path, query, rememberTrack);
}

export function pages<T>(key: readonly unknown[], path: string, query: Query = {}, each: (item: T) => void = () => {}) {
  return infiniteQueryOptions({
    queryKey: key,
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) => {
      const limit = pageParam === null ? FIRST_PAGE : NEXT_PAGE;
      const page = await request<Page<T>>("GET", path, { query: { ...query, limit, after: pageParam }, signal });
      page.items.forEach(each);
      return page;
    },
    getNextPageParam: (last: Page<T>) => last.next,
    refetchOnMount: isShort,
    refetchOnReconnect: isShort,
    refetchOnWindowFocus: isShort,
  });
}

function isShort(query: { state: { data: unknown } }): boolean {
  const data = query.state.data as { pages: unknown[] } | undefined;
  return (data?.pages.length ?? 0) <= REFRESHED_PAGES;
}
