import "./words";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Suspense, type ReactNode } from "react";
import { meQuery } from "../../api/queries";
import type { Profile } from "../../api/types";
import { t } from "../../lib/messages";
import { buttonClass } from "../../ui/controls";
import { Empty } from "../../ui/Empty";
import { Heading } from "../../ui/Heading";
import { SkeletonRows, Waiting } from "../../ui/Skeleton";
import { Tabs } from "../../ui/Tabs";
import { Cards } from "./Cards";
import { Artists } from "./Artists";
import { Releases } from "./Releases";
import styles from "./Studio.module.css";
import { Tracks } from "./Tracks";
import { UploadBox } from "./UploadBox";
import { studioView, VIEWS, type StudioView } from "./views";

export function StudioPage() {
  const { data: me } = useQuery(meQuery);
  if (!me) return null;
  const artists = me.profiles.filter((profile) => profile.kind === "artist");
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <div>
          <Heading title={t("studio.title")} className={styles.pageTitle} />
          <p className="muted">{t("studio.lead")}</p>
        </div>
      </header>
      {artists.length ? (
        <Desk artists={artists} />
      ) : (
        <>
          <FirstArtist />
          <Cards />
        </>
      )}
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

function Desk({ artists }: { artists: readonly Profile[] }) {
  const { view = "drafts" } = useSearch({ from: "/studio" });
  const navigate = useNavigate();
  const contents: Record<StudioView, ReactNode> = {
    drafts: (
      <Tracks
        published={false}
        label={t("studio.drafts")}
        empty={<Empty title={t("studio.noDraftsTitle")} small>{t("studio.noDrafts")}</Empty>}
      />
    ),
    published: (
      <Tracks
        published
        label={t("studio.published")}
        empty={<Empty title={t("studio.noPublishedTitle")} small>{t("studio.noPublished")}</Empty>}
      />
    ),
    releases: artists.map((artist) => (
      <Releases key={artist.id} artist={artist} named={artists.length > 1} />
    )),
    artists: (
      <>
        <Artists artists={artists} />
        <Cards />
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
      <UploadBox artists={artists} />
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
