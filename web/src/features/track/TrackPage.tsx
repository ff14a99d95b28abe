import { useInfiniteQuery, useSuspenseQuery } from "@tanstack/react-query";
import { Link, getRouteApi } from "@tanstack/react-router";
import { Share } from "lucide-react";
import { artistTracksQuery, releaseTracksQuery, trackQuery } from "../../api/queries";
import { useTrackHints } from "../../api/hints";
import type { Track } from "../../api/types";
import { SEPARATOR, t } from "../../lib/messages";
import { linkTo, share } from "../../ui/share";
import { useStore } from "../../lib/store";
import { clockTime, dayInWords } from "../../lib/time";
import { By } from "../../ui/By";
import actions from "../../ui/Actions.module.css";
import { Cover, coverOf, tintOf } from "../../ui/Cover";
import { Heading } from "../../ui/Heading";
import { Masthead } from "../../ui/Masthead";
import { Section } from "../../ui/Section";
import { Waveform } from "../../ui/Waveform";
import { IconButton, Problem } from "../../ui/controls";
import { GenreLinks } from "../../ui/GenreLinks";
import { KeepButton } from "../../ui/keep/KeepButton";
import * as player from "../player/player";
import { progress } from "../player/state";
import { useStatusOf } from "../player/usePlayer";
import { ForDjs } from "./ForDjs";
import { TrackList } from "./TrackList";
import styles from "./TrackPage.module.css";
import { AvoidedNote } from "../../ui/safety/SafetyMenu";
import { TrackMenu } from "./TrackMenu";
import { TrackPlayButton } from "./TrackPlayButton";
import { isSettled } from "./settled";
import "./words";

const MORE = 6;
const route = getRouteApi("/tracks/$id");

export function TrackPage() {
  const { id } = route.useParams();
  const { t: atS = 0 } = route.useSearch();
  const { data: track } = useSuspenseQuery(trackQuery(id));
  useTrackHints(isSettled(track) ? [] : [track.id]);
  return (
    <article className={styles.page}>
      <Masthead tint={tintOf(track.cover, track.id)} cover={<Cover {...coverOf(track)} size="large" />}>
        <p className="small">{t("track.kind")}</p>
        <Heading
          title={track.title}
          hint={track.title}
          documentTitle={`${track.title} ${t("track.by")} ${track.artist.name}`}
        />
        <By artist={track.artist} />
        <p className="muted small">
          <Origin track={track} />
        </p>
        <div className={actions.actions}>
          <TrackPlayButton track={track} large atS={atS} />
          <KeepButton thing={{ kind: "track", item: track }} />
          <IconButton label={t("share.track", { title: track.title })} onClick={() => void share(linkTo(track))}>
            <Share size={20} strokeWidth={1.75} aria-hidden />
          </IconButton>
          <TrackMenu track={track} />
        </div>
      </Masthead>
      <AvoidedNote thing={{ kind: "track", id: track.id, name: track.title }} />
      <State track={track} />
      {track.media_status === "playable" && <Scrub track={track} atS={atS} />}
      <ForDjs track={track} />
      <MoreAround track={track} />
    </article>
  );
}

function Origin({ track }: { track: Track }) {
  // On a release it is out when that is, which the release itself says.
  const day = !track.release && track.published_at && t("track.publishedDay", { day: dayInWords(track.published_at) });
  return (
    <>
      {track.release && (
        <>
          {t("track.from")}{" "}
          <Link to="/releases/$id" params={{ id: track.release.id }}>
            {track.release.title}
          </Link>
          {track.genres.length > 0 && SEPARATOR}
        </>
      )}
      {day}
      {day && track.genres.length > 0 && SEPARATOR}
      <GenreLinks genres={track.genres} />
    </>
  );
}

function State({ track }: { track: Track }) {
  if (track.failure) return <Problem>{t("track.failed", { reason: track.failure.message })}</Problem>;
  if (track.media_status === "processing") return <p role="status">{t("track.processing")}</p>;
  return track.publication === "draft" ? <p className="muted">{t("track.draft")}</p> : null;
}

/** The big waveform. Scrubbing a track that is not playing plays it from there. */
function Scrub({ track, atS }: { track: Track; atS: number }) {
  const status = useStatusOf(track.id);
  const isCurrent = status !== "idle";
  const positionS = useStore(progress, (now) => (isCurrent ? now.positionS : atS));
  const durationS = (track.duration_ms ?? 0) / 1000;
  return (
    <div>
      <div className={styles.wave}>
        <Waveform
          peaks={track.waveform}
          position={isCurrent ? player.positionNow : () => atS}
          positionS={positionS}
          durationS={durationS}
          running={status === "playing"}
          label={t("track.waveform", { title: track.title })}
          onSeek={(toS) => (isCurrent ? player.seek(toS) : player.playTracks([track.id], 0, toS))}
        />
      </div>
      <div className={styles.times}>
        <span>{clockTime(positionS)}</span>
        <button type="button" className={styles.moment} hidden={positionS < 1} onClick={() => void share(linkTo(track, positionS))}>
          {t("share.moment", { time: clockTime(positionS) })}
        </button>
        <span>{clockTime(durationS)}</span>
      </div>
    </div>
  );
}

/** What stands beside it on its release; without one, or when it is alone there, what else its artist has out. */
function MoreAround({ track }: { track: Track }) {
  const { release, artist } = track;
  const onRelease = useInfiniteQuery({ ...releaseTracksQuery(release?.id ?? ""), enabled: release !== null });
  const byArtist = useInfiniteQuery(artistTracksQuery(artist.id));
  const beside = release ? others(onRelease.data, track, () => true) : [];
  const more = others(byArtist.data, track, (one) => !release || one.release?.id !== release.id);
  return (
    <>
      {release && beside.length > 0 && (
        <Section title={t("track.moreOnRelease", { title: release.title })}>
          <TrackList tracks={beside} oneArtist />
        </Section>
      )}
      {more.length > 0 && (
        <Section title={t("track.moreFrom", { name: artist.name })}>
          <TrackList tracks={more} oneArtist />
        </Section>
      )}
    </>
  );
}

function others(
  data: { pages: readonly { items: readonly Track[] }[] } | undefined,
  track: Track,
  fits: (one: Track) => boolean,
): Track[] {
  return (data?.pages[0]?.items ?? []).filter((one) => one.id !== track.id && fits(one)).slice(0, MORE);
}
