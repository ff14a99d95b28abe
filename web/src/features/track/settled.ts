import type { Track } from "../../api/types";

/** The steps that change what a page shows. */
const SHOWN_STEPS = ["loudness", "peaks", "tags"];

/** Whether the server is done with a track, so that nothing of it will change by itself. */
export function isSettled(track: Track): boolean {
  if (track.media_status === "failed") return true;
  return track.media_status === "playable" && SHOWN_STEPS.every((step) => track.steps_done.includes(step));
}
