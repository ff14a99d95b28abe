import { audio } from "./engines";
import { keepSettings } from "./kept";
import { panels, playerState } from "./state";
import type { Repeat } from "./queue";

/** How loud, what repeats, whether the pane is open: kept as they are changed. */

export function setVolume(volume: number): void {
  playerState.set({ volume: Math.min(Math.max(volume, 0), 1), muted: false });
  applySound();
  keep();
}

export function toggleMute(): void {
  playerState.set((now) => ({ muted: !now.muted }));
  applySound();
  keep();
}

const AFTER: Record<Repeat, Repeat> = { off: "all", all: "one", one: "off" };

/** Off, the queue, one track, off. */
export function turnRepeat(): Repeat {
  const repeat = AFTER[playerState.get().repeat];
  playerState.set({ repeat });
  keep();
  return repeat;
}

export function setShuffle(shuffle: boolean): void {
  playerState.set({ shuffle });
  keep();
}

/** From here on the pane stands beside the page; in a narrower window the queue is in the sheet. */
export const WIDE = "(min-width: 1024px)";

export function showQueue(): void {
  if (matchMedia(WIDE).matches) {
    panels.set((now) => ({ queue: !now.queue }));
    keep();
  } else panels.set((now) => ({ sheetQueue: true, sheetAsked: now.sheetAsked + 1 }));
}

function applySound(): void {
  const { volume, muted } = playerState.get();
  audio.volume = volume;
  audio.muted = muted;
}
applySound();

function keep(): void {
  const { volume, muted, repeat, shuffle } = playerState.get();
  keepSettings({ volume, muted, repeat, shuffle, pane: panels.get().queue });
}
