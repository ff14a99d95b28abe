import type { Stream, Track } from "../../api/types";

/** A signed address must hold at least this long to be worth starting on, in ms. */
const MARGIN_MS = 60_000;

export type PlayableTrack = Track & { stream: Stream };

/** Whether a track's signed addresses can be played from now on without asking the server again. */
export function isPlayableNow(track: Track | undefined, nowMs: number): track is PlayableTrack {
  return !!track?.stream && Date.parse(track.stream.expires_at) - nowMs > MARGIN_MS;
}
