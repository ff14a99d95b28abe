import { useQuery, useSuspenseInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Play } from "lucide-react";
import { latestReleasesQuery, latestTracksQuery, meQuery } from "../../api/queries";
import type { Track } from "../../api/types";
import { t } from "../../lib/messages";
import { Cover } from "../../ui/Cover";
import { Heading } from "../../ui/Heading";
import { More } from "../../ui/More";
import { Button, buttonClass } from "../../ui/controls";
import { playTracks } from "../player/player";
import { ReleaseGrid } from "../release/ReleaseGrid";
import { TrackList } from "../track/TrackList";
import { TrackPlayButton, playContext } from "../track/TrackPlayButton";
import styles from "./HomePage.module.css";

const POSTERS = 3;

export function HomePage() {
  const trackPages = useSuspenseInfiniteQuery(latestTracksQuery);
  const releasePages = useSuspenseInfiniteQuery(latestReleasesQuery);
  const tracks = trackPages.data.pages.flatMap((page) => page.items);
  const releases = releasePages.data.pages.flatMap((page) => page.items);
  if (!tracks.length && !releases.length) return <QuietRoom />;
  const rest = tracks.slice(POSTERS);
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <Heading title={t("home.title")} />
        <p className="lead">{t("home.lead")}</p>
        <Button
          look="hot"
          disabled={!tracks.length}
          onClick={() => playTracks(playContext(tracks, tracks[0]!).ids)}
        >
          <Play size={20} strokeWidth={1.75} aria-hidden />
          {t("home.playAll")}
        </Button>
      </header>
      <ul className={styles.posters}>
        {tracks.slice(0, POSTERS).map((track) => (
          <Poster key={track.id} track={track} tracks={tracks} />
        ))}
      </ul>
      {releases.length > 0 && (
        <section className={styles.section}>
          <h2>{t("home.latestReleases")}</h2>
          <ReleaseGrid releases={releases} showArtist />
          <More {...releasePages} />
        </section>
      )}
      {rest.length > 0 && (
        <section className={styles.section}>
          <h2>{t("home.latestTracks")}</h2>
          <TrackList tracks={rest} />
          <More {...trackPages} />
        </section>
      )}
    </div>
  );
}

function Poster({ track, tracks }: { track: Track; tracks: readonly Track[] }) {
  return (
    <li className={styles.poster}>
      <div className={styles.art}>
        <Link to="/tracks/$id" params={{ id: track.id }} tabIndex={-1} aria-hidden="true">
          <Cover cover={track.cover} seed={track.id} size="medium" />
        </Link>
        <span className={styles.play}>
          <TrackPlayButton track={track} large {...playContext(tracks, track)} />
        </span>
      </div>
      <h2 className={styles.title}>
        <Link to="/tracks/$id" params={{ id: track.id }}>
          {track.title}
        </Link>
      </h2>
      <Link to="/artists/$slug" params={{ slug: track.artist.slug }} className="muted">
        {track.artist.name}
      </Link>
    </li>
  );
}

function QuietRoom() {
  const { data: me } = useQuery(meQuery);
  return (
    <div className={styles.quiet}>
      <Heading title={t("home.emptyTitle")} documentTitle={t("home.title")} />
      <p className="lead">{t("home.empty")}</p>
      {me ? (
        <Link to="/studio" className={buttonClass("hot")}>
          {t("home.emptyNextMember")}
        </Link>
      ) : (
        <>
          <p>{t("home.emptyNextGuest")}</p>
          <Link to="/sign-up" className={buttonClass("hot")}>
            {t("home.join")}
          </Link>
        </>
      )}
    </div>
  );
}
