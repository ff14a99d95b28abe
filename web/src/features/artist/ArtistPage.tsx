import { useSuspenseInfiniteQuery, useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Play } from "lucide-react";
import { artistQuery, artistReleasesQuery, artistTracksQuery } from "../../api/queries";
import { SEPARATOR, t } from "../../lib/messages";
import { Heading } from "../../ui/Heading";
import { More } from "../../ui/More";
import { Button } from "../../ui/controls";
import { playTracks } from "../player/player";
import { ReleaseGrid } from "../release/ReleaseGrid";
import { TrackList } from "../track/TrackList";
import styles from "./ArtistPage.module.css";

const route = getRouteApi("/artists/$slug");

export function ArtistPage() {
  const { slug } = route.useParams();
  const { data: artist } = useSuspenseQuery(artistQuery(slug));
  const releasePages = useSuspenseInfiniteQuery(artistReleasesQuery(artist.id));
  const trackPages = useSuspenseInfiniteQuery(artistTracksQuery(artist.id));
  const releases = releasePages.data.pages.flatMap((page) => page.items);
  const tracks = trackPages.data.pages.flatMap((page) => page.items);
  const playable = tracks.filter((track) => track.media_status === "playable");
  const genres = artist.genres.map((genre) => genre.name);
  return (
    <article className={styles.page}>
      <header className={styles.head}>
        <Heading className={styles.name} title={artist.name} />
        <p className={styles.line}>{[artist.city, ...genres].join(SEPARATOR)}</p>
        <Button
          look="hot"
          disabled={!playable.length}
          aria-label={t("artist.playLabel", { name: artist.name })}
          onClick={() => playTracks(playable.map((track) => track.id))}
        >
          <Play size={20} strokeWidth={1.75} aria-hidden />
          {t("artist.play")}
        </Button>
      </header>
      {releases.length > 0 && (
        <section className={styles.section}>
          <h2>{t("artist.releases")}</h2>
          <ReleaseGrid releases={releases} showArtist={false} />
          <More {...releasePages} />
        </section>
      )}
      <section className={styles.section}>
        <h2>{t("artist.tracks")}</h2>
        {tracks.length ? (
          <TrackList tracks={tracks} />
        ) : (
          <p className="muted">{t("artist.noTracks", { name: artist.name })}</p>
        )}
        <More {...trackPages} />
      </section>
      {artist.bio && (
        <section className={styles.section}>
          <h2>{t("artist.about")}</h2>
          <p className={styles.bio}>{artist.bio}</p>
        </section>
      )}
    </article>
  );
}
