import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { request } from "./client";
import { preferencesQuery, rememberTrack } from "./queries";
import { queryClient } from "./queryClient";
import type { Clip, Judged, Page, Place, Preferences, PreferencesChange } from "./types";

/** What somebody says about how they go out and what they like, and taking it back. */

export const placesQuery = (query: string) =>
  queryOptions({
    queryKey: ["places", query],
    enabled: query.length > 0,
    staleTime: Infinity,
    placeholderData: keepPreviousData,
    meta: { kept: false },
    queryFn: ({ signal }) => request<Page<Place>>("GET", "/places", { query: { q: query }, signal }),
  });

/** Chosen once for each welcome: what was judged stays in its place while the others are heard. */
export const clipsQuery = queryOptions({
  queryKey: ["clips"],
  staleTime: Infinity,
  gcTime: 0,
  meta: { kept: false },
  queryFn: async ({ signal }) => {
    const { items } = await request<Page<Clip>>("GET", "/me/clips", { signal });
    items.forEach(({ track }) => rememberTrack(track));
    return items;
  },
});

export const judgedQuery = infiniteQueryOptions({
  queryKey: ["judged"],
  initialPageParam: null as string | null,
  queryFn: ({ pageParam, signal }) =>
    request<Page<Judged>>("GET", "/me/taste/tracks", { query: { limit: 24, after: pageParam }, signal }),
  getNextPageParam: (last: Page<Judged>) => last.next,
});

/** Changes are sent in the order in which they were made, so that the last one holds. */
let turn: Promise<unknown> = Promise.resolve();

/** Shown at once as `shown`; taken back, with the error raised, if it is refused. */
export async function changePreferences(
  change: PreferencesChange,
  shown: Partial<Preferences> = change as Partial<Preferences>,
): Promise<void> {
  await shownAhead(shown, () => request("PATCH", "/me/preferences", { body: change }));
}

export async function chooseGenres(genres: readonly string[]): Promise<void> {
  await shownAhead({ genres: [...genres] }, () => request("PUT", "/me/taste/genres", { body: { genres } }));
}

export async function judge(trackId: string, kept: boolean): Promise<void> {
  await inTurn(() => request("PUT", `/me/taste/tracks/${trackId}`, { body: { kept } }));
  void queryClient.invalidateQueries({ queryKey: ["judged"] });
  void queryClient.invalidateQueries({ queryKey: ["tracks", "kept"] });
}

/** What was saved stays saved. */
export async function forgetJudged(trackId: string): Promise<void> {
  await inTurn(() => request("DELETE", `/me/taste/tracks/${trackId}`));
  await queryClient.invalidateQueries({ queryKey: ["judged"] });
}

export async function forgetTaste(): Promise<void> {
  const nothing = { reach: null, reach_km: null, nights: [], place: null, genres: [] };
  await shownAhead(nothing, () => request("DELETE", "/me/taste"));
  await queryClient.invalidateQueries({ queryKey: ["judged"] });
}

async function shownAhead(shown: Partial<Preferences>, send: () => Promise<unknown>): Promise<void> {
  await queryClient.cancelQueries({ queryKey: preferencesQuery.queryKey });
  queryClient.setQueryData(preferencesQuery.queryKey, (now) => now && { ...now, ...shown });
  try {
    await inTurn(send);
  } catch (error) {
    void queryClient.invalidateQueries({ queryKey: preferencesQuery.queryKey });
    throw error;
  }
}

function inTurn<T>(send: () => Promise<T>): Promise<T> {
  const sent = turn.catch(() => {}).then(send);
  turn = sent;
  return sent;
}
