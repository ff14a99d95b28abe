import { alsoWipe } from "../../api/owner";
import { randomFrom } from "../../lib/hash";
import { begin, isWanted, rest, setQueue, stop } from "./deck";
import { engineReadyFor } from "./engines";
import { forgetQueue } from "./kept";
import { tellPlayback } from "./mediaSession";
import * as queues from "./queue";
import { setShuffle } from "./settings";
import { playerState, progress } from "./state";
import { warmOnce } from "./warming";

/** What pages ask of the player. */
export {
  jump,
  next,
  pause,
  play,
  positionNow,
  prepareEngine,
  previous,
  seek,
  seekBy,
  toggle,
} from "./deck";
export { setVolume, showQueue, toggleMute, turnRepeat } from "./settings";

/** Takes back what was done; it may be called long after, when the queue has changed again. */
export type Undo = () => void;

const queueNow = () => playerState.get().queue;

/** Makes these tracks the queue and plays from `index`, `atS` seconds in; while shuffled, the others at random. */
export function playTracks(ids: readonly string[], index = 0, atS = 0): void {
  const queue = queues.startWith(ids, index);
  setQueue(playerState.get().shuffle ? shuffled(queue) : queue);
  begin(atS);
}

export function addToQueue(ids: readonly string[]): void {
  grow(queues.append(queueNow(), ids));
}

/** Right after the current track. */
export function playNext(ids: readonly string[]): void {
  grow(queues.insertNext(queueNow(), ids));
}

export function removeFromQueue(place: number): Undo {
  const before = queueNow();
  const removed = queues.removedAt(before, place);
  const wasWanted = isWanted();
  const atS = progress.get().positionS;
  setQueue(queues.removeAt(before, place));
  if (place === before.index) {
    if (queueNow().index < 0) stop();
    else if (wasWanted) begin(0);
    else rest();
  }
  return () => {
    if (!removed) return;
    const wasEmpty = queueNow().index < 0;
    setQueue(queues.putBack(queueNow(), removed));
    if (wasEmpty) resume(wasWanted, atS);
  };
}

/** It can't be played any more: out of the queue with it, wherever it stands. */
export function removeTrack(id: string): void {
  for (let place; (place = queueNow().ids.indexOf(id)) >= 0; ) removeFromQueue(place);
}

export function clearQueue(): Undo {
  const before = queueNow();
  const wasWanted = isWanted();
  const atS = progress.get().positionS;
  setQueue(queues.EMPTY);
  stop();
  return () => {
    const since = queueNow();
    // What was put in since plays on, and the old queue follows it.
    setQueue(since.index < 0 ? before : queues.append(since, before.ids));
    if (since.index < 0) resume(wasWanted, atS);
  };
}

export function moveInQueue(from: number, to: number): Undo {
  setQueue(queues.move(queueNow(), from, to));
  return undoOfMove(to, from);
}

/** Takes what stands at `to` back to `from`, where it came from. */
export function undoOfMove(to: number, from: number): Undo {
  const id = queueNow().ids[to];
  return () => {
    const now = queueNow();
    const place = now.ids[to] === id ? to : now.ids.indexOf(id ?? "");
    if (place >= 0) setQueue(queues.move(now, place, Math.min(from, now.ids.length - 1)));
  };
}

export function toggleShuffle(): void {
  const shuffle = !playerState.get().shuffle;
  setShuffle(shuffle);
  setQueue(shuffle ? shuffled(queueNow()) : queues.unshuffle(queueNow()));
}

/** Fetches a track's first second ahead of the press that a pointer or the focus on its button announces. */
export function warmTrack(id: string): void {
  warmOnce(id, engineReadyFor);
}

const shuffled = (queue: queues.Queue) => queues.shuffle(queue, randomFrom(Date.now()));

function grow(queue: queues.Queue): void {
  const wasEmpty = queueNow().index < 0;
  setQueue(queue);
  if (wasEmpty) begin(0);
}

function resume(wanted: boolean, atS: number): void {
  if (wanted) begin(atS);
  else {
    rest();
    progress.set({ positionS: atS });
  }
}

// Who comes next neither hears nor sees it: also when this page only begins, with what a killed one has left.
alsoWipe((erases) => {
  playerState.set({ queue: queues.EMPTY });
  stop();
  tellPlayback("none");
  forgetQueue(erases);
});
