import type { Track } from "../../api/types";

const WEEK_MS = 7 * 86_400_000;

/** Out within the last seven days. */
export function isThisWeek(track: Track, now: Date): boolean {
  return track.published_at !== null && now.getTime() - new Date(track.published_at).getTime() < WEEK_MS;
}
