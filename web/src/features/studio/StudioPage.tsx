import "./words";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Suspense, type ReactNode } from "react";
import { actAs, musicOf, useActing } from "../../api/acting";
import { meQuery } from "../../api/queries";
import type { Profile } from "../../api/types";
import { t } from "../../lib/messages";
import { Button, buttonClass } from "../../ui/controls";
import { Empty } from "../../ui/Empty";
import { Heading } from "../../ui/Heading";
import { say } from "../../ui/said";
import { SkeletonRows, Waiting } from "../../ui/Skeleton";
import { Tabs } from "../../ui/Tabs";
import { Cards } from "./Cards";
import { ClosedProfiles } from "./ClosedProfiles";
import { Artists } from "./Artists";
import { Releases } from "./Releases";
import styles from "./Studio.module.css";
import { Tracks } from "./Tracks";
import { UploadBox } from "./UploadBox";
import { studioView, VIEWS, type StudioView } from "./views";

export function StudioPage() {
  const { data: me } = useQuery(meQuery);
  const acting = useActing();
  if (!me) return null;
  const artists = me.profiles.filter((profile) => profile.kind === "artist");
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <div>
          <Heading title={t("studio.title")} className={styles.pageTitle} />
          <p className="muted">{acting ? t("studio.actingLead", { name: acting.name }) : t("studio.lead")}</p>
        </div>
        {acting && <ActingTools profile={acting} />}
      </header>
      {acting && acting.kind !== "artist" ? (
        <>
          <Cards only={acting} />
          <ClosedProfiles />
        </>
      ) : artists.length ? (
        <Desk key={acting?.id} artists={artists} acting={acting} />
      ) : (
        <>
          <FirstArtist />
          <Cards />
          <ClosedProfiles />
        </>
      )}
    </div>
  );
}

/** Of the profile that one acts as; the way back to all of one's own too. */
function ActingTools({ profile }: { profile: Profile }) {
  const { id, name } = profile;
  function asYourself() {
    actAs(null);
    say(t("acting.saidYourself"));
  }
  return (
    <div className={styles.actingTools}>
      <Link
        to="/studio/team/$id"
        params={{ id }}
        className={buttonClass("plain", "small")}
        aria-label={t("studio.teamLabel", { name })}
      >
        {t("studio.team")}
      </Link>
      <Button size="small" look="quiet" onClick={asYourself}>
        {t("studio.asYourself")}
      </Button>
    </div>
  );
}

function FirstArtist() {
  return (
    <Empty
      title={t("studio.noArtistTitle")}
      action={
        <Link to="/studio/new-artist" className={buttonClass("hot")}>
          {t("studio.makeArtist")}
        </Link>
      }
    >
      {t("studio.noArtist")}
    </Empty>
  );
}

/** Whoever acts as an artist works on that one alone. */
function Desk({ artists, acting }: { artists: readonly Profile[]; acting: Profile | null }) {
  const { view = "drafts" } = useSearch({ from: "/studio" });
  const navigate = useNavigate();
  const shown = acting ? [acting] : artists;
  const artistId = musicOf(acting);
  const contents: Record<StudioView, ReactNode> = {
    drafts: (
      <Tracks
        published={false}
        artistId={artistId}
        label={t("studio.drafts")}
        empty={<Empty title={t("studio.noDraftsTitle")} small>{t("studio.noDrafts")}</Empty>}
      />
    ),
    published: (
      <Tracks
        published
        artistId={artistId}
        label={t("studio.published")}
        empty={<Empty title={t("studio.noPublishedTitle")} small>{t("studio.noPublished")}</Empty>}
      />
    ),
    releases: shown.map((artist) => (
      <Releases key={artist.id} artist={artist} named={shown.length > 1} />
    )),
    artists: (
      <>
        <Artists artists={shown} />
        {!acting && <Cards />}
        <ClosedProfiles />
      </>
    ),
  };
  const wait = (
    <Waiting>
      <SkeletonRows />
    </Waiting>
  );
  return (
    <>
      <UploadBox artists={artists} as={shown[0]!} />
      <Tabs
        label={t("studio.views")}
        value={view}
        onChange={(next) =>
          void navigate({ to: "/studio", search: { view: studioView(next) }, replace: true, resetScroll: false })
        }
        tabs={VIEWS.map((id) => ({
          id,
          label: t(`studio.${id}`),
          content: (
            <section className={styles.view}>
              <Suspense fallback={wait}>{contents[id]}</Suspense>
            </section>
          ),
        }))}
      />
    </>
  );
}
