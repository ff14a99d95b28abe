import { Pause, Play } from "lucide-react";
import type { Track } from "../../api/types";
import { t } from "../../lib/messages";
import { useStore } from "../../lib/store";
import { Button } from "../../ui/controls";
import { Either } from "../../ui/Either";
import { toggle } from "../player/player";
import { currentId, type Queue } from "../player/queue";
import { playerState } from "../player/state";
import { isSounding } from "../player/usePlayer";
import { playFrom } from "./TrackPlayButton";
import "./words";

/** So many of a list's first ones must be in the queue for that to have begun here. */
const FIRST = 3;

interface PlayAllProps {
  tracks: readonly Track[];
  /** Whose they are, for who can't see the page around it. */
  of?: string;
  play?: string;
  pause?: string;
}

/** Plays all of them; while what it started is in the queue it stops and goes on, and never begins anew. */
export function PlayAll({ tracks, of, play = t("track.playAll"), pause = t("track.pauseAll") }: PlayAllProps) {
  const ids = tracks.filter((track) => track.media_status === "playable").map((track) => track.id);
  const isTheirs = useStore(playerState, ({ queue }) => isFrom(queue, ids));
  const sounding = useStore(playerState, ({ status }) => isSounding(status)) && isTheirs;
  const Icon = sounding ? Pause : Play;
  return (
    <Button
      look="hot"
      rests={!ids.length}
      aria-label={of && t(sounding ? "track.pauseAllOf" : "track.playAllOf", { name: of })}
      onClick={() => (isTheirs ? toggle() : playFrom(tracks))}
    >
      <Icon size={20} strokeWidth={1.75} aria-hidden />
      <Either first={play} second={pause} shows={sounding ? "second" : "first"} />
    </Button>
  );
}

function isFrom(queue: Queue, ids: readonly string[]): boolean {
  const current = currentId(queue);
  return current !== null && ids.includes(current) && ids.slice(0, FIRST).every((id) => queue.ids.includes(id));
}
