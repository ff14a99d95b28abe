import type { Track } from "../../api/types";
import { t } from "../../lib/messages";

/** A track's address to send on; with `seconds`, it begins there. */
export function linkTo(track: Track, seconds = 0): { title: string; url: string } {
  const title = t("share.title", { title: track.title, artist: track.artist.name });
  return { title, url: `/tracks/${track.id}${seconds >= 1 ? `?t=${Math.floor(seconds)}` : ""}` };
}
