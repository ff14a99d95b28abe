import { createStore } from "../../lib/store";
import { readQueue, readSettings } from "./kept";
import type { Queue, Repeat } from "./queue";

/** `idle`: nothing asked for yet. `loading`: asked for, no sound yet, or waiting for more. */
export type PlayStatus = "idle" | "loading" | "playing" | "paused";
export type Complaint = "failed" | "gone" | "blocked" | null;

export interface PlayerState {
  queue: Queue;
  repeat: Repeat;
  /** Also what the next queue will be. */
  shuffle: boolean;
  status: PlayStatus;
  complaint: Complaint;
  volume: number;
  muted: boolean;
  /** Another tab of this browser plays. */
  elsewhere: boolean;
}

const kept = readQueue();
const settings = readSettings();

/** What the player shows. The `<audio>` element is the truth; this follows its events. */
export const playerState = createStore<PlayerState>({
  queue: kept.queue,
  repeat: settings.repeat,
  shuffle: kept.queue.index < 0 ? settings.shuffle : kept.queue.home !== null,
  status: "idle",
  complaint: null,
  volume: settings.volume,
  muted: settings.muted,
  elsewhere: false,
});

/** Apart from the rest, as it changes four times a second. Seconds. */
export const progress = createStore({ positionS: kept.positionS, durationS: 0 });

/**
 * Which panels of the player are open: the right pane of a wide window, the queue within the sheet.
 * The sheet itself is an entry of the history (`usePlayer.ts`), which opens when `sheetAsked` counts on.
 */
export const panels = createStore({ queue: settings.pane, sheetQueue: false, sheetAsked: 0 });
