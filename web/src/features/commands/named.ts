import { queryOptions } from "@tanstack/react-query";
import { request } from "../../api/client";
import type { Artist, Genre, Page, Release, Track } from "../../api/types";
import { artistPlace, genrePlace, releasePlace, trackPlace, type Place } from "./places";

interface Named {
  artists: Artist[];
  releases: Release[];
  tracks: Track[];
  genres: Genre[];
}

const query = { limit: 100 };

/** The names that the server lists, asked for once while the finder is in use. */
export const namedQuery = queryOptions({
  queryKey: ["named", "with tracks"],
  staleTime: 5 * 60_000,
  queryFn: async ({ signal }): Promise<Named> => {
    const [artists, releases, tracks, genres] = await Promise.all([
      request<Page<Artist>>("GET", "/artists", { query, signal }),
      request<Page<Release>>("GET", "/releases", { query, signal }),
      request<Page<Track>>("GET", "/tracks", { query, signal }),
      request<Page<Genre>>("GET", "/genres", { query, signal }),
    ]);
    return { artists: artists.items, releases: releases.items, tracks: tracks.items, genres: genres.items };
  },
  // What is asked for is kept on the device as it came; only what is shown has icons and paths.
  select: ({ artists, releases, tracks, genres }): Place[] => [
    ...artists.map(artistPlace),
    ...releases.map(releasePlace),
    ...tracks.map(trackPlace),
    ...genres.map(genrePlace),
  ],
});
