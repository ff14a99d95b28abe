import { useQuery, useSuspenseInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Share } from "lucide-react";
import { useState } from "react";
import { genresQuery, latestArtistsQuery, latestReleasesQuery, latestTracksQuery, meQuery, preferencesQuery } from "../../api/queries";
import type { Track } from "../../api/types";
import { t } from "../../lib/messages";
import { share } from "../../ui/share";
import { clockTime } from "../../lib/time";
import { Cover, coverOf } from "../../ui/Cover";
import { Empty } from "../../ui/Empty";
import { GenreLinks } from "../../ui/GenreLinks";
import { Heading } from "../../ui/Heading";
import { More } from "../../ui/More";
import { Section } from "../../ui/Section";
import { StillWave } from "../../ui/StillWave";
import { Button, buttonClass } from "../../ui/controls";
import { LegalLinks } from "../../ui/legal/LegalLinks";
import { Lineup } from "../../ui/Lineup";
import { ReleaseGrid } from "../../ui/ReleaseGrid";
import { PlayAll } from "../track/PlayAll";
import { TrackList } from "../track/TrackList";
import { TrackPlayButton } from "../track/TrackPlayButton";
import styles from "./HomePage.module.css";
import { isThisWeek } from "./thisWeek";
import "./words";

const POSTERS = 3;
const RELEASES = 10;

export function HomePage() {
  const [now] = useState(() => new Date());
  const trackPages = useSuspenseInfiniteQuery(latestTracksQuery);
  const releasePages = useSuspenseInfiniteQuery(latestReleasesQuery);
  const tracks = trackPages.data.pages.flatMap((page) => page.items);
  const releases = releasePages.data.pages.flatMap((page) => page.items);
  if (!tracks.length && !releases.length) return <QuietRoom />;
  const rest = tracks.slice(POSTERS);
  const fresh = rest.filter((track) => isThisWeek(track, now));
  const older = rest.slice(fresh.length);
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <Heading loud title={t("home.title")} />
        <p className="lead">{t("home.lead")}</p>
        <PlayAll tracks={tracks} play={t("home.playAll")} pause={t("home.pauseAll")} />
        <Greeting />
      </header>
      <ul className={styles.posters}>
        {tracks.slice(0, POSTERS).map((track) => (
          <Poster key={track.id} track={track} tracks={tracks} />
        ))}
      </ul>
      {releases.length > 0 && (
        <Section title={t("home.latestReleases")}>
          <ReleaseGrid releases={releases.slice(0, RELEASES)} showArtist shelf />
        </Section>
      )}
      <WhoPlays />
      <BringAFriend />
      {fresh.length > 0 && (
        <Section title={t("home.thisWeek")}>
          <TrackList tracks={fresh} {...(older.length ? {} : { more: trackPages })} />
        </Section>
      )}
      {older.length > 0 && (
        <Section title={t("home.before")}>
          <TrackList tracks={older} more={trackPages} />
        </Section>
      )}
      <LegalLinks />
    </div>
  );
}

/** What somebody said they like is a way in; who has said nothing yet is asked once. */
function Greeting() {
  const { data: me } = useQuery(meQuery);
  const { data: chosen } = useQuery({ ...preferencesQuery, enabled: Boolean(me) });
  const { data: genres } = useQuery({ ...genresQuery, enabled: Boolean(me && chosen?.genres.length) });
  if (!me || !chosen) return null;
  if (!chosen.welcomed) {
    return (
      <p>
        <Link to="/welcome">{t("home.welcome")}</Link>
      </p>
    );
  }
  const theirs = genres?.items.filter(({ slug }) => chosen.genres.includes(slug)) ?? [];
  if (!theirs.length) return null;
  return (
    <p>
      {chosen.place ? t("home.yoursNear", { place: chosen.place.name }) : t("home.yours")} <GenreLinks genres={theirs} />
    </p>
  );
}

function Poster({ track, tracks }: { track: Track; tracks: readonly Track[] }) {
  return (
    <li className={styles.poster}>
      <div className={styles.art}>
        <Link to="/tracks/$id" params={{ id: track.id }} tabIndex={-1} aria-hidden="true">
          <Cover {...coverOf(track)} size="medium" first />
        </Link>
        <span className={styles.play}>
          <TrackPlayButton track={track} large list={tracks} />
        </span>
      </div>
      <h2 className={styles.name}>
        <Link to="/tracks/$id" params={{ id: track.id }}>
          {track.title}
        </Link>
      </h2>
      <p className={styles.by}>
        <Link to="/artists/$slug" params={{ slug: track.artist.slug }}>
          {track.artist.name}
        </Link>
        <span className="tabular">{track.duration_ms ? clockTime(track.duration_ms / 1000) : ""}</span>
      </p>
      <div className={styles.wave}>
        <StillWave peaks={track.waveform} />
      </div>
    </li>
  );
}

/** Who there is to meet; the genres are the other way in. */
function WhoPlays() {
  const artistPages = useSuspenseInfiniteQuery(latestArtistsQuery);
  const artists = artistPages.data.pages.flatMap((page) => page.items);
  if (!artists.length) return null;
  return (
    <Section
      title={t("home.artists")}
      aside={
        <Link to="/genres" className={styles.aside}>
          {t("home.allGenres")}
        </Link>
      }
    >
      <Lineup artists={artists} />
      <More {...artistPages} />
    </Section>
  );
}

/** There may be no night to go to. There is always somebody to play it to. */
function BringAFriend() {
  return (
    <section className={styles.friend}>
      <h2>{t("home.friendTitle")}</h2>
      <p>{t("home.friend")}</p>
      <Button onClick={() => void share({ title: t("home.title"), url: "/" })}>
        <Share size={20} strokeWidth={1.75} aria-hidden />
        {t("home.share")}
      </Button>
    </section>
  );
}

function QuietRoom() {
  const { data: me } = useQuery(meQuery);
  return (
    <div className={styles.page}>
      <Heading loud title={t("home.title")} />
      <Empty
        title={t("home.emptyTitle")}
        action={
          me === null ? (
            <Link to="/sign-up" className={buttonClass("hot")}>
              {t("home.join")}
            </Link>
          ) : (
            <Link to="/studio" className={buttonClass("hot")}>
              {t("home.emptyNextMember")}
            </Link>
          )
        }
      >
        {t("home.empty")} {me === null && t("home.emptyNextGuest")}
      </Empty>
      <LegalLinks />
    </div>
  );
}
