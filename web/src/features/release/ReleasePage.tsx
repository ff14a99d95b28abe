import { useSuspenseInfiniteQuery, useSuspenseQuery } from "@tanstack/react-query";
import { Link, getRouteApi } from "@tanstack/react-router";
import { Play } from "lucide-react";
import { releaseQuery, releaseTracksQuery } from "../../api/queries";
import { SEPARATOR, t, tn } from "../../lib/messages";
import { clockTime } from "../../lib/time";
import { Cover } from "../../ui/Cover";
import { Heading } from "../../ui/Heading";
import { More } from "../../ui/More";
import { Button } from "../../ui/controls";
import { playTracks } from "../player/player";
import { TrackList } from "../track/TrackList";
import { yearOf } from "./ReleaseGrid";
import styles from "./ReleasePage.module.css";

const route = getRouteApi("/releases/$id");

export function ReleasePage() {
  const { id } = route.useParams();
  const { data: release } = useSuspenseQuery(releaseQuery(id));
  const trackPages = useSuspenseInfiniteQuery(releaseTracksQuery(id));
  const tracks = trackPages.data.pages.flatMap((page) => page.items);
  const playable = tracks.filter((track) => track.media_status === "playable");
  const lengthS = playable.reduce((sum, track) => sum + (track.duration_ms ?? 0) / 1000, 0);
  const facts = [
    yearOf(release),
    tn("tracks", release.track_count),
    lengthS ? clockTime(lengthS) : null,
  ].filter(Boolean);
  return (
    <article className={styles.page}>
      <div className={styles.cover}>
        <Cover cover={release.cover} seed={release.id} size="large" />
      </div>
      <header className={styles.names}>
        <p className="muted small">{t(`kind.${release.kind}`)}</p>
        <Heading
          title={release.title}
          documentTitle={`${release.title} ${t("release.by")} ${release.artist.name}`}
        />
        <p className={styles.by}>
          {t("release.by")}{" "}
          <Link to="/artists/$slug" params={{ slug: release.artist.slug }}>
            {release.artist.name}
          </Link>
        </p>
        <p className="muted small tabular">{facts.join(SEPARATOR)}</p>
        <Button
          look="hot"
          disabled={!playable.length}
          aria-label={t("release.playLabel", { title: release.title })}
          onClick={() => playTracks(playable.map((track) => track.id))}
        >
          <Play size={20} strokeWidth={1.75} aria-hidden />
          {t("release.play")}
        </Button>
      </header>
      <section className={styles.tracks}>
        <h2 className="hidden">{t("release.tracks")}</h2>
        {release.publication === "draft" && <p className="muted">{t("release.draft")}</p>}
        {tracks.length ? (
          <TrackList tracks={tracks} numbered />
        ) : (
          <p className="muted">{t("release.empty")}</p>
        )}
        <More {...trackPages} />
      </section>
    </article>
  );
}
