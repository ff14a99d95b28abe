import { useInfiniteQuery, useSuspenseQuery } from "@tanstack/react-query";
import { Link, getRouteApi } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { artistTracksQuery, trackQuery } from "../../api/queries";
import { useTrackHints } from "../../api/hints";
import type { Track } from "../../api/types";
import { SEPARATOR, t } from "../../lib/messages";
import { useStore } from "../../lib/store";
import { clockTime, dayInWords } from "../../lib/time";
import { Cover } from "../../ui/Cover";
import { Heading } from "../../ui/Heading";
import { Waveform } from "../../ui/Waveform";
import { Button, Problem } from "../../ui/controls";
import { say } from "../../ui/said";
import * as player from "../player/player";
import { progress } from "../player/state";
import { useStatusOf } from "../player/usePlayer";
import { TrackList } from "./TrackList";
import styles from "./TrackPage.module.css";
import { TrackPlayButton } from "./TrackPlayButton";
import { isSettled } from "./settled";

const MORE = 5;
const route = getRouteApi("/tracks/$id");

export function TrackPage() {
  const { id } = route.useParams();
  const { data: track } = useSuspenseQuery(trackQuery(id));
  useTrackHints(isSettled(track) ? [] : [track.id]);
  return (
    <article className={styles.page}>
      <div className={styles.head}>
        <div className={styles.cover}>
          <Cover cover={track.cover} seed={track.id} size="large" />
        </div>
        <header className={styles.names}>
          <p className="muted small">{t("track.kind")}</p>
          <Heading
            title={track.title}
            hint={track.title}
            documentTitle={`${track.title} ${t("track.by")} ${track.artist.name}`}
          />
          <p className={styles.by}>
            {t("track.by")}{" "}
            <Link to="/artists/$slug" params={{ slug: track.artist.slug }}>
              {track.artist.name}
            </Link>
          </p>
          <p className="muted small">
            <Origin track={track} />
          </p>
          <div className={styles.actions}>
            <TrackPlayButton track={track} large />
            <Button
              disabled={track.media_status !== "playable"}
              onClick={() => {
                player.addToQueue([track.id]);
                say(t("track.queued", { title: track.title }));
              }}
            >
              <Plus size={20} strokeWidth={1.75} aria-hidden />
              {t("player.queue")}
            </Button>
          </div>
        </header>
      </div>
      <State track={track} />
      {track.media_status === "playable" && <Scrub track={track} />}
      <Details track={track} />
      <MoreFromArtist track={track} />
    </article>
  );
}

function Origin({ track }: { track: Track }) {
  const day = track.published_at && t("track.publishedDay", { day: dayInWords(track.published_at) });
  const genres = track.genres.map((genre) => genre.name).join(", ");
  return (
    <>
      {track.release && (
        <>
          {t("track.from")}{" "}
          <Link to="/releases/$id" params={{ id: track.release.id }}>
            {track.release.title}
          </Link>
          {(day || genres) && SEPARATOR}
        </>
      )}
      {[day, genres].filter(Boolean).join(SEPARATOR)}
    </>
  );
}

function State({ track }: { track: Track }) {
  if (track.failure) return <Problem>{t("track.failed", { reason: track.failure.message })}</Problem>;
  if (track.media_status === "processing") return <p role="status">{t("track.processing")}</p>;
  return track.publication === "draft" ? <p className="muted">{t("track.draft")}</p> : null;
}

/** The big waveform. Scrubbing a track that is not playing plays it from there. */
function Scrub({ track }: { track: Track }) {
  const status = useStatusOf(track.id);
  const isCurrent = status !== "idle";
  const positionS = useStore(progress, (now) => (isCurrent ? now.positionS : 0));
  const durationS = (track.duration_ms ?? 0) / 1000;
  return (
    <div>
      <div className={styles.wave}>
        <Waveform
          peaks={track.waveform}
          position={isCurrent ? player.positionNow : atStart}
          positionS={positionS}
          durationS={durationS}
          running={status === "playing"}
          label={t("track.waveform", { title: track.title })}
          onSeek={(toS) => (isCurrent ? player.seek(toS) : player.playTracks([track.id], 0, toS))}
        />
      </div>
      <div className={styles.times}>
        <span>{clockTime(positionS)}</span>
        <span>{clockTime(durationS)}</span>
      </div>
    </div>
  );
}

const atStart = () => 0;

function Details({ track }: { track: Track }) {
  const { source, loudness, duration_ms: length } = track;
  if (!source && !loudness) return null;
  const channels =
    source && (["", t("track.mono"), t("track.stereo")][source.channels] ?? channelsOf(source.channels));
  return (
    <section>
      <h2>{t("track.details")}</h2>
      <dl className={styles.details}>
        {length !== null && <Fact name={t("track.length")} value={clockTime(length / 1000)} />}
        {source && (
          <Fact
            name={t("track.source")}
            value={t("track.sourceValue", {
              codec: source.codec.toUpperCase(),
              rate: source.sample_rate / 1000,
              channels: channels ?? "",
            })}
          />
        )}
        {typeof loudness?.integrated_lufs === "number" && (
          <Fact
            name={t("track.loudness")}
            value={t("track.loudnessValue", { lufs: loudness.integrated_lufs.toFixed(1) })}
          />
        )}
      </dl>
    </section>
  );
}

const channelsOf = (count: number) => t("track.channels", { count });

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function MoreFromArtist({ track }: { track: Track }) {
  const { data } = useInfiniteQuery(artistTracksQuery(track.artist.id));
  const others = (data?.pages[0]?.items ?? []).filter((one) => one.id !== track.id).slice(0, MORE);
  if (!others.length) return null;
  return (
    <section className={styles.more}>
      <h2>{t("track.moreFrom", { name: track.artist.name })}</h2>
      <TrackList tracks={others} />
    </section>
  );
}
