import { useQueries, useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { request } from "../../api/client";
import { rememberTrack, trackQuery } from "../../api/queries";
import { queryClient } from "../../api/queryClient";
import type { Page, Track } from "../../api/types";
import { createStore, useStore } from "../../lib/store";
import { knownTrack } from "./tracks";

/** Tracks that are known by their ids, in the queue and what was played: asked for by the batch, as they come into view. */

/** Also the step in which places are asked for, so that scrolling through asks once for each step. */
const BATCH = 50;
/** A queue that flies past is not asked for. */
const SETTLES_MS = 80;

const asked = new Set<string>();
const gone = createStore<{ ids: ReadonlySet<string> }>({ ids: new Set() });
/** Neither told by the server nor kept on this device. */
const missed = createStore<{ ids: ReadonlySet<string> }>({ ids: new Set() });

/** Sees to it that the tracks from place `from` to before `to` are there soon. */
export function useTracksInView(ids: readonly string[], from: number, to: number): void {
  const first = Math.floor(from / BATCH) * BATCH;
  const beyond = Math.min(Math.ceil(to / BATCH) * BATCH, ids.length);
  useEffect(() => {
    const timer = setTimeout(() => {
      for (let at = first; at < beyond; at += BATCH) void fetchMissing(ids.slice(at, at + BATCH));
    }, SETTLES_MS);
    return () => clearTimeout(timer);
  }, [ids, first, beyond]);
}

/** A track of the queue, as far as it is known; `"gone"` when there is none any more. */
export function useTrackInView(id: string): Track | "gone" | undefined {
  const { data } = useQuery({ ...trackQuery(id), enabled: false });
  const isGone = useStore(gone, (now) => now.ids.has(id));
  return data ?? (isGone ? "gone" : undefined);
}

/** Those of a short list that there still are, in its order, as far as they have come; all of it is asked for at once. */
export function useTracks(ids: readonly string[]): { tracks: Track[]; isComing: boolean; isCut: boolean } {
  useTracksInView(ids, 0, ids.length);
  const goneIds = useStore(gone, (now) => now.ids);
  const missedIds = useStore(missed, (now) => now.ids);
  const known = useQueries({ queries: ids.map((id) => ({ ...trackQuery(id), enabled: false })) });
  const places = ids.map((id, place) => known[place]?.data ?? (goneIds.has(id) || missedIds.has(id) ? null : undefined));
  const coming = places.indexOf(undefined);
  return {
    // Up to the first that is still to come: what is there does not move.
    tracks: (coming < 0 ? places : places.slice(0, coming)).filter((track) => track !== null && track !== undefined),
    isComing: coming >= 0,
    isCut: ids.some((id, place) => places[place] === null && missedIds.has(id)),
  };
}

export async function fetchMissing(ids: readonly string[]): Promise<void> {
  const missing = [...new Set(ids)].filter((id) => !asked.has(id) && !knownTrack(id));
  if (!missing.length) return;
  missing.forEach((id) => asked.add(id));
  try {
    const { items } = await request<Page<Track>>("GET", "/tracks", { query: { ids: missing.join(",") } });
    items.forEach(rememberTrack);
    const found = new Set(items.map((track) => track.id));
    const lost = missing.filter((id) => !found.has(id));
    missed.set((now) => ({ ids: new Set([...now.ids].filter((id) => !missing.includes(id))) }));
    if (lost.length) gone.set((now) => ({ ids: new Set([...now.ids, ...lost]) }));
  } catch (error) {
    // What was seen before is kept on this device; the rest is asked for again when it comes into view again.
    const queryFn = () => Promise.reject<Track>(error);
    await Promise.all(missing.map((id) => queryClient.prefetchQuery({ ...trackQuery(id), queryFn, retry: false })));
    const lost = missing.filter((id) => !knownTrack(id));
    if (lost.length) missed.set((now) => ({ ids: new Set([...now.ids, ...lost]) }));
  } finally {
    missing.forEach((id) => asked.delete(id));
  }
}
