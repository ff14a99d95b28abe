import { useSuspenseInfiniteQuery, useSuspenseQuery } from "@tanstack/react-query";
import { Link, getRouteApi } from "@tanstack/react-router";
import { genreArtistsQuery, genreReleasesQuery, genreTracksQuery, genresQuery } from "../../api/queries";
import { SEPARATOR, t, tn } from "../../lib/messages";
import actions from "../../ui/Actions.module.css";
import { Cover, tintOf } from "../../ui/Cover";
import { Empty } from "../../ui/Empty";
import { Heading } from "../../ui/Heading";
import { Masthead } from "../../ui/Masthead";
import { More } from "../../ui/More";
import { Section } from "../../ui/Section";
import { buttonClass } from "../../ui/controls";
import { Lineup } from "../../ui/Lineup";
import { ReleaseGrid } from "../../ui/ReleaseGrid";
import { PlayAll } from "../track/PlayAll";
import { TrackList } from "../track/TrackList";
import "./words";
import styles from "./GenrePage.module.css";

const route = getRouteApi("/genres/$slug");

export function GenrePage() {
  const { slug } = route.useParams();
  const { data: genres } = useSuspenseQuery(genresQuery);
  const genre = genres.items.find((one) => one.slug === slug)!;
  const trackPages = useSuspenseInfiniteQuery(genreTracksQuery(slug));
  const releasePages = useSuspenseInfiniteQuery(genreReleasesQuery(slug));
  const artistPages = useSuspenseInfiniteQuery(genreArtistsQuery(slug));
  const tracks = trackPages.data.pages.flatMap((page) => page.items);
  const releases = releasePages.data.pages.flatMap((page) => page.items);
  const artists = artistPages.data.pages.flatMap((page) => page.items);
  const seed = `genre ${slug}`;
  return (
    <div className={styles.page}>
      <Masthead
        tint={tintOf(null, seed)}
        shape="banner"
        cover={<Cover cover={null} seed={seed} genre={slug} size="large" />}
      >
        <p className="small">{t("genre.kind")}</p>
        <Heading title={genre.name} />
        {genre.track_count > 0 && (
          <p className={styles.line}>
            {[tn("tracks", genre.track_count), tn("genres.artists", genre.artist_count)].join(SEPARATOR)}
          </p>
        )}
        <div className={actions.actions}>
          <PlayAll tracks={tracks} of={genre.name} />
          <Link to="/genres" className={buttonClass("plain")}>
            {t("genre.all")}
          </Link>
        </div>
      </Masthead>
      {releases.length > 0 && (
        <Section title={t("genre.releases")}>
          <ReleaseGrid releases={releases} showArtist />
          <More {...releasePages} />
        </Section>
      )}
      {artists.length > 0 && (
        <Section title={t("genre.artists")}>
          <Lineup artists={artists} />
          <More {...artistPages} />
        </Section>
      )}
      {tracks.length ? (
        <Section title={t("genre.tracks")}>
          <TrackList tracks={tracks} more={trackPages} />
        </Section>
      ) : (
        <Empty title={t("genre.emptyTitle", { name: genre.name })}>{t("genre.empty")}</Empty>
      )}
    </div>
  );
}
