import { useSuspenseInfiniteQuery, useSuspenseQuery } from "@tanstack/react-query";
import { Link, getRouteApi } from "@tanstack/react-router";
import { Share } from "lucide-react";
import { artistQuery, artistReleasesQuery, artistTracksQuery } from "../../api/queries";
import { SEPARATOR, t } from "../../lib/messages";
import { share } from "../../ui/share";
import actions from "../../ui/Actions.module.css";
import { Cover, tintOf } from "../../ui/Cover";
import { Heading } from "../../ui/Heading";
import { ClaimNote } from "../../ui/ClaimNote";
import { Masthead } from "../../ui/Masthead";
import { More } from "../../ui/More";
import { Places } from "../../ui/Places";
import { Section } from "../../ui/Section";
import { IconButton, buttonClass } from "../../ui/controls";
import { GenreLinks } from "../../ui/GenreLinks";
import { KeepButton } from "../../ui/keep/KeepButton";
import { ReleaseGrid } from "../../ui/ReleaseGrid";
import { PlayAll } from "../track/PlayAll";
import { AvoidedNote, SafetyMenu } from "../../ui/safety/SafetyMenu";
import { TrackList } from "../track/TrackList";
import { MailMe } from "./MailMe";
import "./words";
import styles from "./ArtistPage.module.css";

const route = getRouteApi("/artists/$slug");

export function ArtistPage() {
  const { slug } = route.useParams();
  const { data: artist } = useSuspenseQuery(artistQuery(slug));
  const releasePages = useSuspenseInfiniteQuery(artistReleasesQuery(artist.id));
  const trackPages = useSuspenseInfiniteQuery(artistTracksQuery(artist.id));
  const releases = releasePages.data.pages.flatMap((page) => page.items);
  const tracks = trackPages.data.pages.flatMap((page) => page.items);
  const thing = { kind: "artist" as const, id: artist.id, name: artist.name };
  return (
    <article className={styles.page}>
      <Masthead
        tint={tintOf(null, artist.id)}
        shape="banner"
        cover={<Cover cover={null} seed={artist.id} genre={artist.genres[0]?.slug} size="large" />}
      >
        <Heading title={artist.name} />
        <p className={styles.line}>
          {artist.city}
          {artist.genres.length > 0 && SEPARATOR}
          <GenreLinks genres={artist.genres} />
        </p>
        <div className={actions.actions}>
          <PlayAll tracks={tracks} of={artist.name} />
          <KeepButton thing={{ kind: "artist", item: artist }} />
          <IconButton
            label={t("share.track", { title: artist.name })}
            onClick={() => void share({ title: artist.name, url: `/artists/${artist.slug}` })}
          >
            <Share size={20} strokeWidth={1.75} aria-hidden />
          </IconButton>
          <SafetyMenu thing={thing} own={artist.can_edit} />
          {artist.can_edit && (
            <Link to="/studio" className={buttonClass("plain")}>
              {t("artist.edit")}
            </Link>
          )}
        </div>
      </Masthead>
      <AvoidedNote thing={thing} />
      {artist.claimable && <ClaimNote id={artist.id} name={artist.name} />}
      {releases.length > 0 && (
        <Section title={t("artist.releases")}>
          <ReleaseGrid releases={releases} showArtist={false} />
          <More {...releasePages} />
        </Section>
      )}
      {artist.bio && (
        <Section title={t("artist.about")}>
          <p className={styles.bio}>{artist.bio}</p>
        </Section>
      )}
      <Section title={t("artist.tracks")}>
        {tracks.length ? (
          <TrackList tracks={tracks} oneArtist label={t("artist.allTracks")} more={trackPages} />
        ) : (
          <p className="muted">{t("artist.noTracks", { name: artist.name })}</p>
        )}
      </Section>
      <MailMe artist={artist} />
      <Places website={artist.website} links={artist.links} />
    </article>
  );
}
