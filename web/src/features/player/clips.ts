import { sampling } from "./heard";
import { pause, positionNow, setQueue, stop } from "./deck";
import { playTracks } from "./player";
import * as queues from "./queue";
import { playerState, progress } from "./state";

/** A few seconds of a track to judge it by, in the page's own player; the queue that was there comes back after. */

interface Clip {
  id: string;
  startS: number;
  endS: number;
}

/** What the element tells may lag by so much. */
const SLACK_S = 0.5;

let clip: Clip | null = null;
let before: { queue: queues.Queue; positionS: number } | null = null;
let stopWatching = () => {};

export function playClip(id: string, startS: number, lengthS: number): void {
  if (!before) {
    before = { queue: playerState.get().queue, positionS: progress.get().positionS };
    stopWatching = progress.subscribe(watch);
    sampling(true);
  }
  clip = { id, startS, endS: startS + lengthS };
  playTracks([id], 0, startS);
}

/** The queue is again what it was, unless something else was begun meanwhile. Nothing plays. */
export function endClips(): void {
  if (!before) return;
  const { queue, positionS } = before;
  const isOurs = clip && queues.currentId(playerState.get().queue) === clip.id;
  stopWatching();
  sampling(false);
  before = clip = null;
  if (!isOurs) return;
  setQueue(queue);
  stop();
  progress.set({ positionS });
}

function watch(): void {
  if (!clip || queues.currentId(playerState.get().queue) !== clip.id || playerState.get().status !== "playing") return;
  const at = positionNow();
  if (at >= clip.endS || at < clip.startS - SLACK_S) pause();
}
