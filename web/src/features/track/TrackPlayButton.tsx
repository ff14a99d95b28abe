import type { Track } from "../../api/types";
import { t } from "../../lib/messages";
import { PlayButton } from "../../ui/controls";
import * as player from "../player/player";
import { isSounding, useStatusOf } from "../player/usePlayer";

interface TrackPlayButtonProps {
  track: Track;
  /** The queue that playing it makes, and this track's place in it. */
  ids?: readonly string[];
  index?: number;
  large?: boolean;
  /** One of many: quiet until it sounds. */
  quiet?: boolean;
}

export function TrackPlayButton({ track, ids = [track.id], index = 0, ...look }: TrackPlayButtonProps) {
  const status = useStatusOf(track.id);
  const sounding = isSounding(status);
  const names = { title: track.title, artist: track.artist.name };
  return (
    <PlayButton
      {...look}
      playing={sounding}
      disabled={track.media_status !== "playable"}
      label={sounding ? t("track.pause", names) : t("track.play", names)}
      onPointerEnter={() => player.warmTrack(track.id)}
      onFocus={() => player.warmTrack(track.id)}
      onClick={() => (status === "idle" ? player.playTracks(ids, index) : player.toggle())}
    />
  );
}

/** The queue for one track of a list: what of the list can be played, beginning there. */
export function playContext(tracks: readonly Track[], track: Track): { ids: string[]; index: number } {
  const ids = tracks.filter((one) => one.media_status === "playable").map((one) => one.id);
  return { ids, index: Math.max(ids.indexOf(track.id), 0) };
}
