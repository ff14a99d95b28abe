import "./words";
import { useInfiniteQuery, useQuery, useSuspenseInfiniteQuery, useSuspenseQuery } from "@tanstack/react-query";
import { Link, useRouter } from "@tanstack/react-router";
import { Suspense, useState } from "react";
import { changeArtist, signOut } from "../../api/actions";
import { useTrackHints } from "../../api/hints";
import { artistQuery, artistReleasesQuery, meQuery, myTracksQuery } from "../../api/queries";
import type { Me, Profile, Track } from "../../api/types";
import { t } from "../../lib/messages";
import { useStore } from "../../lib/store";
import { Heading } from "../../ui/Heading";
import { More } from "../../ui/More";
import { Button, buttonClass } from "../../ui/controls";
import { say } from "../../ui/said";
import { isSettled } from "../track/settled";
import { ArtistForm } from "./ArtistForm";
import { Releases } from "./Releases";
import styles from "./Studio.module.css";
import { TrackEditor } from "./TrackEditor";
import { UploadBox } from "./UploadBox";
import { uploads } from "./uploads";

export function StudioPage() {
  const { data: me } = useQuery(meQuery);
  if (!me) return null;
  const artists = me.profiles.filter((profile) => profile.kind === "artist");
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <div>
          <Heading title={t("studio.title")} />
          <p className="lead">{t("studio.lead")}</p>
        </div>
        <Account me={me} />
      </header>
      {artists.length ? <Desk artists={artists} /> : <FirstArtist />}
    </div>
  );
}

function Account({ me }: { me: Me }) {
  const router = useRouter();
  async function leave() {
    await signOut();
    await router.navigate({ to: "/" });
  }
  return (
    <div className={styles.account}>
      <span className="muted small">{t("account.signedInAs", { name: me.display_name })}</span>
      <Button size="small" look="quiet" onClick={() => void leave()}>
        {t("nav.signOut")}
      </Button>
    </div>
  );
}

function FirstArtist() {
  return (
    <section className={styles.first}>
      <h2>{t("studio.noArtistTitle")}</h2>
      <p>{t("studio.noArtist")}</p>
      <Link to="/studio/new-artist" className={buttonClass("hot")}>
        {t("studio.makeArtist")}
      </Link>
    </section>
  );
}

function Desk({ artists }: { artists: readonly Profile[] }) {
  const pages = useSuspenseInfiniteQuery(myTracksQuery);
  const sent = useStore(uploads, (now) => now.list);
  const tracks = pages.data.pages.flatMap((page) => page.items);
  const arriving = sent.flatMap((upload) => (upload.track ? [upload.track.id] : []));
  useTrackHints([...tracks.filter((track) => !isSettled(track)).map((track) => track.id), ...arriving]);
  const drafts = tracks.filter((track) => track.publication !== "published");
  const out = tracks.filter((track) => track.publication === "published");
  return (
    <>
      <UploadBox artists={artists} />
      <section className={styles.section}>
        <h2>{t("studio.drafts")}</h2>
        <Tracks tracks={drafts} artists={artists} empty={t("studio.noDrafts")} />
      </section>
      <section className={styles.section}>
        <h2>{t("studio.published")}</h2>
        <Tracks tracks={out} artists={artists} empty={t("studio.noPublished")} />
        <More {...pages} />
      </section>
      <section className={styles.section}>
        <h2>{t("studio.artists")}</h2>
        <ul className={styles.artists}>
          {artists.map((artist) => (
            <ArtistDesk key={artist.id} artist={artist} />
          ))}
        </ul>
        <Link to="/studio/new-artist" className={buttonClass()}>
          {t("studio.newArtist")}
        </Link>
      </section>
    </>
  );
}

interface TracksProps {
  tracks: readonly Track[];
  artists: readonly Profile[];
  empty: string;
}

function Tracks({ tracks, artists, empty }: TracksProps) {
  if (!tracks.length) return <p className="muted">{empty}</p>;
  return (
    <ul className={styles.rows}>
      {tracks.map((track) => (
        <EditableTrack key={track.id} track={track} isMine={artists.some((one) => one.id === track.artist.id)} />
      ))}
    </ul>
  );
}

function EditableTrack({ track, isMine }: { track: Track; isMine: boolean }) {
  const { data } = useInfiniteQuery({ ...artistReleasesQuery(track.artist.id), enabled: isMine });
  return <TrackEditor track={track} releases={data?.pages.flatMap((page) => page.items) ?? []} />;
}

function ArtistDesk({ artist }: { artist: Profile }) {
  const { data } = useInfiniteQuery(artistReleasesQuery(artist.id));
  const [editing, setEditing] = useState(false);
  const { name } = artist;
  return (
    <li className={styles.artist}>
      <div className={styles.artistHead}>
        <h3>
          <Link to="/artists/$slug" params={{ slug: artist.slug }}>
            {name}
          </Link>
        </h3>
        {!editing && (
          <Button
            size="small"
            look="quiet"
            aria-label={t("studio.editLabel", { name })}
            onClick={() => setEditing(true)}
          >
            {t("studio.edit")}
          </Button>
        )}
      </div>
      {editing && (
        <Suspense fallback={<p role="status">{t("list.loading")}</p>}>
          <EditArtist id={artist.id} onDone={() => setEditing(false)} />
        </Suspense>
      )}
      <Releases artist={artist} releases={data?.pages.flatMap((page) => page.items) ?? []} />
    </li>
  );
}

function EditArtist({ id, onDone }: { id: string; onDone: () => void }) {
  const { data: artist } = useSuspenseQuery(artistQuery(id));
  return (
    <ArtistForm
      artist={artist}
      submitWords={t("studio.save")}
      onCancel={onDone}
      onSubmit={async (answers) => {
        await changeArtist(id, answers);
        say(t("studio.saidChanged", { name: answers.name }));
        onDone();
      }}
    />
  );
}
