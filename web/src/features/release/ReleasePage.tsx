import { useInfiniteQuery, useSuspenseInfiniteQuery, useSuspenseQuery } from "@tanstack/react-query";
import { Link, getRouteApi } from "@tanstack/react-router";
import { Share } from "lucide-react";
import { artistReleasesQuery, releaseQuery, releaseTracksQuery } from "../../api/queries";
import type { Release } from "../../api/types";
import { SEPARATOR, t, tn } from "../../lib/messages";
import { share } from "../../ui/share";
import { clockTime, dayInWords } from "../../lib/time";
import { By } from "../../ui/By";
import actions from "../../ui/Actions.module.css";
import { Cover, tintOf } from "../../ui/Cover";
import { Heading } from "../../ui/Heading";
import { Masthead } from "../../ui/Masthead";
import { Section } from "../../ui/Section";
import { IconButton, buttonClass } from "../../ui/controls";
import { KeepButton } from "../../ui/keep/KeepButton";
import { PlayAll } from "../track/PlayAll";
import { AvoidedNote, SafetyMenu } from "../../ui/safety/SafetyMenu";
import { TrackList } from "../track/TrackList";
import "./words";
import { ReleaseGrid } from "../../ui/ReleaseGrid";
import styles from "./ReleasePage.module.css";

const route = getRouteApi("/releases/$id");

export function ReleasePage() {
  const { id } = route.useParams();
  const { data: release } = useSuspenseQuery(releaseQuery(id));
  const trackPages = useSuspenseInfiniteQuery(releaseTracksQuery(id));
  const tracks = trackPages.data.pages.flatMap((page) => page.items);
  const playable = tracks.filter((track) => track.media_status === "playable");
  const named = `${release.title} ${t("release.by")} ${release.artist.name}`;
  const thing = { kind: "release" as const, id: release.id, name: release.title };
  return (
    <article className={styles.page}>
      <Masthead
        tint={tintOf(release.cover, release.id)}
        cover={<Cover cover={release.cover} seed={release.id} size="large" />}
      >
        <p className="small">{t(`kind.${release.kind}`)}</p>
        <Heading title={release.title} hint={release.title} documentTitle={named} />
        <By artist={release.artist} />
        <p className="muted small tabular">{factsOf(release, playable).join(SEPARATOR)}</p>
        <div className={actions.actions}>
          <PlayAll tracks={tracks} of={release.title} />
          <KeepButton thing={{ kind: "release", item: release }} />
          <IconButton
            label={t("share.track", { title: release.title })}
            onClick={() => void share({ title: named, url: `/releases/${release.id}` })}
          >
            <Share size={20} strokeWidth={1.75} aria-hidden />
          </IconButton>
          <SafetyMenu thing={thing} own={release.can_edit} />
          {release.can_edit && (
            <Link to="/studio" className={buttonClass("plain")}>
              {t("release.edit")}
            </Link>
          )}
        </div>
      </Masthead>
      <AvoidedNote thing={thing} />
      <section className={styles.tracks}>
        <h2 className="hidden">{t("release.tracks")}</h2>
        {release.publication === "draft" && <p className="muted">{t("release.draft")}</p>}
        {tracks.length ? (
          <TrackList tracks={tracks} numbered more={trackPages} />
        ) : (
          <p className="muted">{t("release.empty")}</p>
        )}
      </section>
      <MoreByArtist release={release} />
    </article>
  );
}

function factsOf(release: Release, playable: readonly { duration_ms: number | null }[]): string[] {
  const lengthS = playable.reduce((sum, track) => sum + (track.duration_ms ?? 0) / 1000, 0);
  const out = release.released_on ?? release.published_at;
  return [
    out ? t("release.out", { day: dayInWords(out) }) : "",
    tn("tracks", release.track_count),
    lengthS ? clockTime(lengthS) : "",
  ].filter(Boolean);
}

function MoreByArtist({ release }: { release: Release }) {
  const { data } = useInfiniteQuery(artistReleasesQuery(release.artist.id));
  const others = (data?.pages ?? []).flatMap((page) => page.items).filter((one) => one.id !== release.id);
  if (!others.length) return null;
  return (
    <Section title={t("release.moreBy", { name: release.artist.name })}>
      <ReleaseGrid releases={others} showArtist={false} />
    </Section>
  );
}
