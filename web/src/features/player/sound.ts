import { audio } from "./engines";
import { keepSound, playerState } from "./state";

/** How loud. */

export function setVolume(volume: number): void {
  playerState.set({ volume: Math.min(Math.max(volume, 0), 1), muted: false });
  apply();
}

export function toggleMute(): void {
  playerState.set((now) => ({ muted: !now.muted }));
  apply();
}

function apply(): void {
  const { volume, muted } = playerState.get();
  audio.volume = volume;
  audio.muted = muted;
  keepSound();
}
apply();
