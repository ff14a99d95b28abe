import type { Track } from "../../api/types";
import { t } from "../../lib/messages";
import { PlayButton } from "../../ui/controls";
import * as player from "../player/player";
import { isSounding, useStatusOf } from "../player/usePlayer";

interface TrackPlayButtonProps {
  track: Track;
  /** The list it stands in: playing it makes what of that can be played the queue. */
  list?: readonly Track[];
  /** Where it begins, in seconds. */
  atS?: number;
  large?: boolean;
  /** One of many: quiet until it sounds. */
  quiet?: boolean;
}

export function TrackPlayButton({ track, list, atS = 0, ...look }: TrackPlayButtonProps) {
  const status = useStatusOf(track.id);
  const sounding = isSounding(status);
  const names = { title: track.title, artist: track.artist.name };
  return (
    <PlayButton
      {...look}
      // Where `j` and `k` go.
      data-track={track.id}
      playing={sounding}
      disabled={track.media_status !== "playable"}
      label={sounding ? t("track.pause", names) : t("track.play", names)}
      onPointerEnter={() => player.warmTrack(track.id)}
      onFocus={() => player.warmTrack(track.id)}
      onClick={() => (status === "idle" ? playFrom(list ?? [track], track, atS) : player.toggle())}
    />
  );
}

/** Plays what of the list can be played, beginning with this track. */
export function playFrom(tracks: readonly Track[], track?: Track, atS = 0): void {
  const ids = tracks.filter((one) => one.media_status === "playable").map((one) => one.id);
  player.playTracks(ids, track ? Math.max(ids.indexOf(track.id), 0) : 0, atS);
}
