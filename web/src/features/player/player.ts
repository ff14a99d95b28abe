import { begin, isWanted, rest, setQueue, stop } from "./deck";
import { engineReadyFor } from "./engines";
import * as queues from "./queue";
import { playerState } from "./state";
import { warmOnce } from "./warming";

/** What pages ask of the player. */
export { jump, next, pause, play, positionNow, prepareEngine, previous, seek, seekBy, toggle } from "./deck";
export { setVolume, toggleMute } from "./sound";

/** Makes these tracks the queue and plays from `index`, `atS` seconds in. */
export function playTracks(ids: readonly string[], index = 0, atS = 0): void {
  setQueue(queues.startWith(ids, index));
  begin(atS);
}

export function addToQueue(ids: readonly string[]): void {
  const wasEmpty = playerState.get().queue.index < 0;
  setQueue(queues.append(playerState.get().queue, ids));
  if (wasEmpty) begin(0);
}

export function removeFromQueue(place: number): void {
  const before = playerState.get().queue;
  setQueue(queues.removeAt(before, place));
  if (place !== before.index) return;
  if (playerState.get().queue.index < 0) stop();
  else if (isWanted()) begin(0);
  else rest();
}

/** It can't be played any more: out of the queue with it, wherever it stands. */
export function removeTrack(id: string): void {
  for (let place; (place = playerState.get().queue.ids.indexOf(id)) >= 0; ) removeFromQueue(place);
}

export function clearQueue(): void {
  setQueue(queues.EMPTY);
  stop();
}

/** Fetches a track's first second ahead of the press that a pointer or the focus on its button announces. */
export function warmTrack(id: string): void {
  warmOnce(id, engineReadyFor);
}
