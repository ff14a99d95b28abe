import { useQuery, useSuspenseInfiniteQuery } from "@tanstack/react-query";
import { Link, getRouteApi } from "@tanstack/react-router";
import { Suspense, type ReactNode } from "react";
import { meQuery, savedReleasesQuery, savedTracksQuery } from "../../api/queries";
import { t } from "../../lib/messages";
import { Empty } from "../../ui/Empty";
import { Heading } from "../../ui/Heading";
import { More } from "../../ui/More";
import { Section } from "../../ui/Section";
import { SkeletonRows, Waiting } from "../../ui/Skeleton";
import { Tabs } from "../../ui/Tabs";
import { buttonClass } from "../../ui/controls";
import { ReleaseGrid } from "../../ui/ReleaseGrid";
import { TrackList } from "../track/TrackList";
import "./words";
import { Following } from "./Following";
import { History } from "./History";
import { Lately } from "./Lately";
import styles from "./LibraryPage.module.css";
import type { LibraryPart } from "./parts";

const route = getRouteApi("/library");

export function LibraryPage() {
  const { data: me } = useQuery(meQuery);
  return (
    <div className={styles.page}>
      <Heading loud title={t("library.title")} />
      {me ? <Kept /> : <Guest />}
    </div>
  );
}

/** Which part is shown stands in the address: Back, and a link, lead to it. */
function Kept() {
  const { show = "tracks" } = route.useSearch();
  const navigate = route.useNavigate();
  const parts: Record<LibraryPart, ReactNode> = {
    tracks: <SavedTracks />,
    releases: <SavedReleases />,
    following: <Following />,
    history: <History />,
  };
  return (
    <Tabs
      label={t("library.sections")}
      value={show}
      onChange={(part) => void navigate({ search: { show: part as LibraryPart }, replace: true, resetScroll: false })}
      tabs={Object.entries(parts).map(([id, content]) => ({ id, label: t(`library.${id as LibraryPart}`), content: <Part>{content}</Part> }))}
    />
  );
}

/** While one part comes, the names of all of them stay, and with them the focus. */
function Part({ children }: { children: ReactNode }) {
  return (
    <Suspense
      fallback={
        <Waiting>
          <SkeletonRows />
        </Waiting>
      }
    >
      {children}
    </Suspense>
  );
}

function SavedTracks() {
  const pages = useSuspenseInfiniteQuery(savedTracksQuery);
  const tracks = pages.data.pages.flatMap((page) => page.items);
  return tracks.length ? <TrackList tracks={tracks} label={t("library.tracks")} more={pages} /> : <Nothing of="tracks" />;
}

function SavedReleases() {
  const pages = useSuspenseInfiniteQuery(savedReleasesQuery);
  const releases = pages.data.pages.flatMap((page) => page.items);
  if (!releases.length) return <Nothing of="releases" />;
  return (
    <div className={styles.part}>
      <ReleaseGrid releases={releases} showArtist />
      <More {...pages} />
    </div>
  );
}

function Nothing({ of }: { of: "tracks" | "releases" }) {
  return (
    <Empty
      title={t(`library.no.${of}.title`)}
      action={
        <Link to="/" className={buttonClass("hot")}>
          {t("library.home")}
        </Link>
      }
    >
      {t(`library.no.${of}`)}
    </Empty>
  );
}

/** What this device remembers is there for a guest too. */
function Guest() {
  return (
    <>
      <Empty
        title={t("library.guestTitle")}
        action={
          <Link to="/sign-in" search={{ next: "/library" }} className={buttonClass("hot")}>
            {t("nav.signIn")}
          </Link>
        }
      >
        {t("library.guest")}
      </Empty>
      <Section title={t("library.lately")}>
        <Lately part />
      </Section>
    </>
  );
}
