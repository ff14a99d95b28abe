import { alsoWipe } from "../../api/kept";
import { createStore } from "../../lib/store";
import type { Track } from "../../api/types";
import { currentId } from "../player/queue";
import { playerState } from "../player/state";
import { knownTrack } from "../player/tracks";

const KEY = "basedmusic.lately";
const KEPT = 60;

/** What was played on this device, the latest first. It never leaves the device. */
export const lately = createStore<{ tracks: readonly Track[] }>({ tracks: [] });

/** Keeps track of what sounds, from now on. */
export function rememberWhatPlays(): void {
  lately.set({ tracks: read() });
  let last: string | null = null;
  playerState.subscribe(() => {
    const { status, queue } = playerState.get();
    const id = currentId(queue);
    if (status !== "playing" || id === null || id === last) return;
    last = id;
    const track = knownTrack(id);
    if (track) put([{ ...track, stream: null }, ...lately.get().tracks.filter((one) => one.id !== id)]);
  });
  alsoWipe(clearLately);
  // Another tab played something.
  window.addEventListener("storage", (event) => event.key === KEY && lately.set({ tracks: read() }));
}

/** Empties the list; what is returned puts it back. */
export function clearLately(): () => void {
  const { tracks } = lately.get();
  put([]);
  return () => put(tracks);
}

function put(tracks: readonly Track[]): void {
  const kept = tracks.slice(0, KEPT);
  lately.set({ tracks: kept });
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // Full or forbidden: it is kept for as long as the page is open.
  }
}

function read(): Track[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? (kept as Track[]) : [];
  } catch {
    return [];
  }
}
