import { queryOptions } from "@tanstack/react-query";
import { request } from "../../api/client";
import type { Artist, Genre, Page, Release } from "../../api/types";
import { artistPlace, genrePlace, releasePlace, type Place } from "./places";

interface Named {
  artists: Artist[];
  releases: Release[];
  genres: Genre[];
}

const query = { limit: 100 };

/** The names that the server lists, asked for once while the finder is in use. */
export const namedQuery = queryOptions({
  queryKey: ["named"],
  staleTime: 5 * 60_000,
  queryFn: async ({ signal }): Promise<Named> => {
    const [artists, releases, genres] = await Promise.all([
      request<Page<Artist>>("GET", "/artists", { query, signal }),
      request<Page<Release>>("GET", "/releases", { query, signal }),
      request<Page<Genre>>("GET", "/genres", { query, signal }),
    ]);
    return { artists: artists.items, releases: releases.items, genres: genres.items };
  },
  // What is asked for is kept on the device as it came; only what is shown has icons and paths.
  select: ({ artists, releases, genres }): Place[] => [
    ...artists.map(artistPlace),
    ...releases.map(releasePlace),
    ...genres.map(genrePlace),
  ],
});
