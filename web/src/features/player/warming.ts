import type { Stream } from "../../api/types";
import type { AudioEngine } from "./engine";
import { isPlayableNow } from "./freshness";
import { askFor, knownTrack } from "./tracks";

/** Fetching ahead what a track needs for its first second. Only a preparation: whatever fails here is silent. */

/** The next track is warmed when this much is left of the current one, in s. */
export const AHEAD_S = 30;

type EngineFor = (stream: Stream) => AudioEngine | null;

const announced = new Set<string>();
let next: string | null = null;

/** For a track that may be pressed any moment: at most once for each address, and not where data is saved. */
export function warmOnce(id: string, engineFor: EngineFor): void {
  const track = knownTrack(id);
  if (!isPlayableNow(track, Date.now()) || announced.has(track.stream.url) || savesData()) return;
  const engine = engineFor(track.stream);
  if (!engine) return;
  announced.add(track.stream.url);
  engine.warm(track.stream).catch(() => announced.delete(track.stream.url));
}

/** For the track that comes next: addresses that still hold by then, then its first second. */
export async function warmNext(id: string | null, engineFor: EngineFor): Promise<void> {
  if (!id || next === id) return;
  next = id;
  try {
    const known = knownTrack(id);
    const track = isPlayableNow(known, Date.now() + AHEAD_S * 1000) ? known : await askFor(id);
    if (track) await engineFor(track.stream)?.warm(track.stream);
  } catch {
    // The change itself will try again and tell.
  }
}

/** Another track plays: what comes next is to be found out anew. */
export function forgetNext(): void {
  next = null;
}

/** Not in TypeScript's DOM yet: the Network Information API of Chromium. */
function savesData(): boolean {
  return (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true;
}
