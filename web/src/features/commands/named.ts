import { queryOptions } from "@tanstack/react-query";
import { request } from "../../api/client";
import type { Artist, Genre, Page, Release } from "../../api/types";
import { artistPlace, genrePlace, releasePlace, type Place } from "./places";

const query = { limit: 100 };

/** The names that the server lists, asked for once while the finder is in use. */
export const namedQuery = queryOptions({
  queryKey: ["named"],
  staleTime: 5 * 60_000,
  meta: { kept: false }, // icons are no data
  queryFn: async ({ signal }): Promise<Place[]> => {
    const [artists, releases, genres] = await Promise.all([
      request<Page<Artist>>("GET", "/artists", { query, signal }),
      request<Page<Release>>("GET", "/releases", { query, signal }),
      request<Page<Genre>>("GET", "/genres", { query, signal }),
    ]);
    return [
      ...artists.items.map(artistPlace),
      ...releases.items.map(releasePlace),
      ...genres.items.map(genrePlace),
    ];
  },
});
