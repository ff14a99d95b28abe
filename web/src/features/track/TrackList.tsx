import { Link } from "@tanstack/react-router";
import { memo, useLayoutEffect, useRef, useState } from "react";
import type { Track } from "../../api/types";
import { t } from "../../lib/messages";
import { clockTime } from "../../lib/time";
import { Cover, coverOf } from "../../ui/Cover";
import { ErrorNote } from "../../ui/ErrorNote";
import { StillWave } from "../../ui/StillWave";
import { Waveform } from "../../ui/Waveform";
import { WindowList } from "../../ui/WindowList";
import { KeepButton } from "../../ui/keep/KeepButton";
import * as player from "../player/player";
import { useStatusOf } from "../player/usePlayer";
import styles from "./TrackList.module.css";
import { TrackMenu, openMenuByKey } from "./TrackMenu";
import { TrackPlayButton } from "./TrackPlayButton";
import "./words";

const ROW_PX = 72;
const NUMBERED_ROW_PX = 64;

interface TrackListProps {
  tracks: readonly Track[];
  /** Numbers in place of covers: the songs of one release. */
  numbered?: boolean;
  label?: string;
  /** All by one artist: their release stands under the title in place of their name. */
  oneArtist?: boolean;
  /** The query that has the rest of the list: it is fetched as its end comes near. */
  more?: MorePages;
}

interface MorePages {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  isFetchNextPageError: boolean;
  fetchNextPage: () => Promise<{ isFetchNextPageError: boolean }>;
}

/** Tracks to play, each a row, however many; playing one makes the whole list the queue. */
export function TrackList({ tracks, numbered = false, oneArtist = false, label, more }: TrackListProps) {
  const { hasNextPage = false, isFetchingNextPage = false, isFetchNextPageError = false, fetchNextPage } = more ?? {};
  const box = useRef<HTMLDivElement>(null);
  /** How many there were when the rest was asked for again. */
  const [askedAt, setAskedAt] = useState<number | null>(null);
  const isAsking = askedAt === tracks.length;
  useLayoutEffect(() => {
    if (askedAt === null || tracks.length <= askedAt) return;
    // The button that was pressed is gone: on from the last row that was there before.
    box.current?.querySelector<HTMLElement>(`[data-place="${askedAt - 1}"] a`)?.focus({ preventScroll: true });
  }, [askedAt, tracks.length]);
  return (
    <div ref={box} className={numbered ? `${styles.tracks} ${styles.numbered}` : styles.tracks}>
      <WindowList
        count={tracks.length}
        rowHeight={numbered ? NUMBERED_ROW_PX : ROW_PX}
        isOpenEnded={hasNextPage}
        ordered={numbered}
        className={styles.list}
        label={label}
        onNearEnd={() => {
          if (hasNextPage && !isFetchingNextPage && !isFetchNextPageError) void fetchNextPage?.();
        }}
        row={(place) => (
          <TrackRow track={tracks[place]!} tracks={tracks} number={numbered ? place + 1 : null} oneArtist={oneArtist} />
        )}
      />
      {more && (isFetchNextPageError || isAsking) && (
        <ErrorNote title={t("list.trouble")} onRetry={() => void askAgain()} busy={isAsking}>
          {t("list.safe")}
        </ErrorNote>
      )}
      {hasNextPage && !isFetchNextPageError && !isAsking && (
        <p className={styles.end} role="status">
          {t("list.loading")}
        </p>
      )}
    </div>
  );

  async function askAgain() {
    setAskedAt(tracks.length);
    const answer = await more?.fetchNextPage();
    if (answer?.isFetchNextPageError) setAskedAt(null);
  }
}

interface TrackRowProps {
  track: Track;
  tracks: readonly Track[];
  number: number | null;
  oneArtist: boolean;
}

const TrackRow = memo(function TrackRow({ track, tracks, number, oneArtist }: TrackRowProps) {
  const status = useStatusOf(track.id);
  return (
    // The keys are those of the controls in it: a row by itself can't be reached.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className={status === "idle" ? styles.row : `${styles.row} ${styles.sounding}`} onKeyDown={openMenuByKey}>
      {number === null ? (
        <span className={styles.cover}>
          <Cover {...coverOf(track)} size="small" />
        </span>
      ) : (
        <span className={styles.number} aria-hidden="true">
          {number}
        </span>
      )}
      <TrackPlayButton track={track} quiet list={tracks} />
      <span className={styles.names}>
        <Link to="/tracks/$id" params={{ id: track.id }} className={styles.title}>
          {track.title}
        </Link>
        {track.publication === "draft" && <span className={styles.draft}>{t("track.draftMark")}</span>}
        {oneArtist && track.release && (
          <Link to="/releases/$id" params={{ id: track.release.id }} className={styles.artist}>
            {track.release.title}
          </Link>
        )}
        {number === null && !oneArtist && (
          <Link to="/artists/$slug" params={{ slug: track.artist.slug }} className={styles.artist}>
            {track.artist.name}
          </Link>
        )}
      </span>
      <span className={styles.sound}>
        <span className={styles.wave}>
          <RowWave track={track} />
        </span>
        <span className={styles.time}>{track.duration_ms ? clockTime(track.duration_ms / 1000) : ""}</span>
      </span>
      <span className={styles.tools}>
        <KeepButton thing={{ kind: "track", item: track }} compact />
        <TrackMenu track={track} />
      </span>
    </div>
  );
});

/** Of the track that plays, what was played is in hot ink; the others are pictures. */
function RowWave({ track }: { track: Track }) {
  const status = useStatusOf(track.id);
  if (status === "idle") return <StillWave peaks={track.waveform} narrow />;
  return (
    <Waveform
      peaks={track.waveform}
      position={player.positionNow}
      positionS={0}
      durationS={(track.duration_ms ?? 0) / 1000}
      running={status === "playing"}
    />
  );
}
