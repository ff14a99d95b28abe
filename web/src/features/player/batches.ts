import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { request } from "../../api/client";
import { rememberTrack, trackQuery } from "../../api/queries";
import type { Page, Track } from "../../api/types";
import { createStore, useStore } from "../../lib/store";
import { knownTrack } from "./tracks";

/** What the queue's rows show of its tracks: asked for by the batch, as they come into view. */

/** Also the step in which places are asked for, so that scrolling through asks once for each step. */
const BATCH = 50;
/** A queue that flies past is not asked for. */
const SETTLES_MS = 80;

const asked = new Set<string>();
const gone = createStore<{ ids: ReadonlySet<string> }>({ ids: new Set() });

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

async function fetchMissing(ids: readonly string[]): Promise<void> {
  const missing = [...new Set(ids)].filter((id) => !asked.has(id) && !knownTrack(id));
  if (!missing.length) return;
  missing.forEach((id) => asked.add(id));
  try {
    const { items } = await request<Page<Track>>("GET", "/tracks", { query: { ids: missing.join(",") } });
    items.forEach(rememberTrack);
    const found = new Set(items.map((track) => track.id));
    const lost = missing.filter((id) => !found.has(id));
    if (lost.length) gone.set((now) => ({ ids: new Set([...now.ids, ...lost]) }));
  } catch {
    // Offline: asked for again when they come into view again.
  } finally {
    missing.forEach((id) => asked.delete(id));
  }
}
