import { useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Suspense, useRef, useState } from "react";
import { artistQuery } from "../../api/queries";
import type { Profile } from "../../api/types";
import { changeArtist } from "../../api/works";
import { t } from "../../lib/messages";
import { short } from "../../lib/short";
import { Button, buttonClass } from "../../ui/controls";
import { say } from "../../ui/said";
import { ArtistForm } from "./ArtistForm";
import styles from "./Rows.module.css";
import "./words";

/** The artists that one plays as. */
export function Artists({ artists }: { artists: readonly Profile[] }) {
  return (
    <section className={styles.group}>
      <h2 className={styles.groupName}>{t("studio.artists")}</h2>
      <ul className={styles.rows} aria-label={t("studio.artists")}>
        {artists.map((artist) => (
          <ArtistRow key={artist.id} artist={artist} />
        ))}
      </ul>
      <Link to="/studio/new-artist" className={buttonClass()}>
        {t("studio.newArtist")}
      </Link>
    </section>
  );
}

function ArtistRow({ artist }: { artist: Profile }) {
  const [editing, setEditing] = useState(false);
  const edit = useRef<HTMLButtonElement>(null);
  const { name } = artist;
  function done() {
    edit.current?.focus();
    setEditing(false);
  }
  return (
    <li className={styles.release}>
      <div className={styles.head}>
        <div className={styles.names}>
          <Link to="/artists/$slug" params={{ slug: artist.slug }} className={styles.title}>
            {name}
          </Link>
        </div>
        <div className={styles.tools}>
          <Link
            to="/studio/team/$id"
            params={{ id: artist.id }}
            className={buttonClass("quiet", "small")}
            aria-label={t("studio.teamLabel", { name })}
          >
            {t("studio.team")}
          </Link>
          <Button
            ref={edit}
            size="small"
            look="quiet"
            aria-expanded={editing}
            aria-label={t("studio.editLabel", { name })}
            onClick={() => setEditing(!editing)}
          >
            {t("studio.edit")}
          </Button>
        </div>
      </div>
      {editing && (
        <Suspense fallback={<p role="status">{t("list.loading")}</p>}>
          <EditArtist id={artist.id} onDone={done} />
        </Suspense>
      )}
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
        say(t("studio.saidChanged", { name: short(answers.name) }));
        onDone();
      }}
    />
  );
}
