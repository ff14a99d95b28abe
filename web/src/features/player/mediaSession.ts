import type { Track } from "../../api/types";

/** The lock screen and media keys. Its rules for iOS come from other players' bug reports. */

export interface Controls {
  play(): void;
  pause(): void;
  stop(): void;
  next(): void;
  previous(): void;
  seek(toS: number): void;
}

const TELL_EVERY_MS = 1000;
let toldAt = 0;

export function announceTrack(track: Track | null): void {
  if (!("mediaSession" in navigator)) return;
  navigator.mediaSession.metadata = track
    ? new MediaMetadata({
        title: track.title,
        artist: track.artist.name,
        album: track.release?.title ?? "",
        artwork: artworkOf(track),
      })
    : null;
}

export function installMediaSession(controls: Controls): void {
  if (!("mediaSession" in navigator)) return;
  const handle = (action: MediaSessionAction, handler: MediaSessionActionHandler | null) => {
    try {
      navigator.mediaSession.setActionHandler(action, handler);
    } catch {
      // Not every browser knows every action.
    }
  };
  handle("play", controls.play);
  handle("pause", controls.pause);
  handle("stop", controls.stop);
  handle("nexttrack", controls.next);
  handle("previoustrack", controls.previous);
  handle("seekto", (details) => details.seekTime !== undefined && controls.seek(details.seekTime));
  // Left set, iOS shows these two in place of next and previous.
  handle("seekforward", null);
  handle("seekbackward", null);
}

/** Browsers guess it from the element, and guess wrong between two tracks. */
export function tellPlayback(state: MediaSessionPlaybackState): void {
  if ("mediaSession" in navigator) navigator.mediaSession.playbackState = state;
}

/** Where the scrubber stands; told at most once a second unless `now`. Seconds. */
export function tellPosition(positionS: number, durationS: number, now: boolean): void {
  if (!("mediaSession" in navigator) || !navigator.mediaSession.setPositionState || !(durationS > 0)) return;
  const time = performance.now();
  if (!now && time - toldAt < TELL_EVERY_MS) return;
  toldAt = time;
  const position = Math.min(Math.max(positionS, 0), durationS);
  navigator.mediaSession.setPositionState({ duration: durationS, position, playbackRate: 1 });
}

/** iOS takes absolute addresses of JPEG or PNG only; every cover is there as both WebP and JPEG. */
function artworkOf(track: Track): MediaImage[] {
  if (!track.cover) return [];
  const sizes = [
    [track.cover.small, "96x96"],
    [track.cover.medium, "320x320"],
    [track.cover.large, "800x800"],
  ] as const;
  return sizes.map(([address, size]) => ({
    src: new URL(address.replace(/\.webp$/, ".jpg"), location.href).href,
    sizes: size,
    type: "image/jpeg",
  }));
}
