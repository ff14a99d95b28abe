import { createStore } from "../../lib/store";
import { EMPTY, startWith, type Queue } from "./queue";

/** `idle`: nothing asked for yet. `loading`: asked for, no sound yet, or waiting for more. */
export type PlayStatus = "idle" | "loading" | "playing" | "paused";
export type Complaint = "failed" | "gone" | "blocked" | null;

export interface PlayerState {
  queue: Queue;
  status: PlayStatus;
  complaint: Complaint;
  volume: number;
  muted: boolean;
}

const QUEUE_KEY = "basedmusic.queue";
const PLACE_KEY = "basedmusic.place";
const SOUND_KEY = "basedmusic.sound";

const sound = readSound();

/** What the player shows. The `<audio>` element is the truth; this follows its events. */
export const playerState = createStore<PlayerState>({
  queue: readQueue(),
  status: "idle",
  complaint: null,
  volume: sound.volume,
  muted: sound.muted,
});

/** Apart from the rest, as it changes four times a second. Seconds. */
export const progress = createStore({ positionS: readPlace(), durationS: 0 });

/** Which panels of the player are open; the phone's sheet is an entry of the history (`usePlayer.ts`). */
export const panels = createStore({ queue: false });

export function keepQueue(): void {
  const { ids, index } = playerState.get().queue;
  write(QUEUE_KEY, JSON.stringify({ ids, index }));
}

export function keepPlace(): void {
  write(PLACE_KEY, String(progress.get().positionS));
}

export function keepSound(): void {
  const { volume, muted } = playerState.get();
  write(SOUND_KEY, JSON.stringify({ volume, muted }));
}

function readQueue(): Queue {
  const value = parse(read(QUEUE_KEY)) as { ids?: unknown; index?: unknown } | null;
  const ids = Array.isArray(value?.ids) ? value.ids.filter((id) => typeof id === "string") : [];
  return ids.length ? startWith(ids, Number(value?.index) || 0) : EMPTY;
}

function readPlace(): number {
  const place = Number(read(PLACE_KEY));
  return Number.isFinite(place) && place > 0 ? place : 0;
}

function readSound(): { volume: number; muted: boolean } {
  const value = parse(read(SOUND_KEY)) as { volume?: unknown; muted?: unknown } | null;
  const volume = typeof value?.volume === "number" ? Math.min(Math.max(value.volume, 0), 1) : 1;
  return { volume, muted: value?.muted === true };
}

// Storage may be off or full (private windows); the player then simply forgets.
function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Forgetting is fine.
  }
}

function parse(text: string | null): unknown {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}
