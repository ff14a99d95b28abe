import { Link } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import type { Track } from "../../api/types";
import { t } from "../../lib/messages";
import { clockTime } from "../../lib/time";
import { Cover } from "../../ui/Cover";
import { IconButton } from "../../ui/controls";
import { say } from "../../ui/said";
import { Waveform } from "../../ui/Waveform";
import { addToQueue } from "../player/player";
import styles from "./TrackList.module.css";
import { TrackPlayButton, playContext } from "./TrackPlayButton";

interface TrackListProps {
  tracks: readonly Track[];
  /** Numbers in place of covers: the songs of one release. */
  numbered?: boolean;
}

/** Tracks to play, each a row; playing one makes the whole list the queue. */
export function TrackList({ tracks, numbered = false }: TrackListProps) {
  const List = numbered ? "ol" : "ul";
  return (
    <List className={numbered ? `${styles.list} ${styles.numbered}` : styles.list}>
      {tracks.map((track, place) => (
        <li key={track.id} className={styles.row}>
          {numbered ? (
            <span className={styles.number} aria-hidden="true">
              {place + 1}
            </span>
          ) : (
            <span className={styles.cover}>
              <Cover cover={track.cover} seed={track.id} size="small" />
            </span>
          )}
          <TrackPlayButton track={track} quiet {...playContext(tracks, track)} />
          <span className={styles.names}>
            <Link to="/tracks/$id" params={{ id: track.id }} className={styles.title}>
              {track.title}
            </Link>
            {track.publication === "draft" && <span className={styles.draft}>{t("track.draftMark")}</span>}
            {!numbered && (
              <Link to="/artists/$slug" params={{ slug: track.artist.slug }} className={styles.artist}>
                {track.artist.name}
              </Link>
            )}
          </span>
          <span className={styles.wave}>
            <StillWaveform track={track} />
          </span>
          <span className={styles.time}>{track.duration_ms ? clockTime(track.duration_ms / 1000) : ""}</span>
          <IconButton
            label={t("track.queue", { title: track.title })}
            disabled={track.media_status !== "playable"}
            onClick={() => {
              addToQueue([track.id]);
              say(t("track.queued", { title: track.title }));
            }}
          >
            <Plus size={20} strokeWidth={1.75} aria-hidden />
          </IconButton>
        </li>
      ))}
    </List>
  );
}

const atStart = () => 0;

function StillWaveform({ track }: { track: Track }) {
  return (
    <Waveform peaks={track.waveform} position={atStart} positionS={0} durationS={1} running={false} />
  );
}
