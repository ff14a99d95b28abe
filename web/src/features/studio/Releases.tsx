import { Link } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { createRelease, publishRelease, renameRelease } from "../../api/actions";
import { newKey, wordsOf } from "../../api/client";
import type { Profile, Release, ReleaseKind } from "../../api/types";
import { SEPARATOR, t, tn } from "../../lib/messages";
import { Cover } from "../../ui/Cover";
import { Button, Field, Problem } from "../../ui/controls";
import { Rename } from "./Rename";
import styles from "./Studio.module.css";
import { useTurns } from "./turns";

const KINDS: readonly ReleaseKind[] = ["single", "ep", "album"];

/** An artist's releases in the studio: make one, publish it with the tracks on it. */
export function Releases({ artist, releases }: { artist: Profile; releases: readonly Release[] }) {
  const [making, setMaking] = useState(false);
  return (
    <>
      {releases.length === 0 && !making && <p className="muted">{t("studio.noReleases")}</p>}
      {releases.length > 0 && (
        <ul className={styles.rows}>
          {releases.map((release) => (
            <ReleaseRow key={release.id} release={release} />
          ))}
        </ul>
      )}
      {making ? (
        <NewRelease artist={artist} onDone={() => setMaking(false)} />
      ) : (
        <Button onClick={() => setMaking(true)}>{t("studio.newRelease")}</Button>
      )}
    </>
  );
}

function ReleaseRow({ release }: { release: Release }) {
  const { take, error, isPending } = useTurns();
  const isDraft = release.publication === "draft";
  const facts = [t(`kind.${release.kind}`), tn("tracks", release.track_count), isDraft && t("studio.releaseDraft")];
  const [renaming, setRenaming] = useState(false);
  const { title } = release;
  return (
    <li className={styles.track}>
      <div className={styles.trackHead}>
        <span className={styles.trackCover}>
          <Cover cover={release.cover} seed={release.id} size="small" />
        </span>
        <div className={styles.trackNames}>
          {renaming ? (
            <Rename
              title={title}
              onDone={() => setRenaming(false)}
              onSave={(next) => {
                setRenaming(false);
                take("title", () => renameRelease(release.id, next), (done) => t("studio.saidRenamed", { title: done.title }));
              }}
            />
          ) : (
            <Link to="/releases/$id" params={{ id: release.id }} className={styles.trackTitle}>
              {title}
            </Link>
          )}
          <span className="muted small">{facts.filter(Boolean).join(SEPARATOR)}</span>
        </div>
      </div>
      {!renaming && (
        <div className={styles.trackTools}>
          <Button
            size="small"
            look="quiet"
            aria-label={t("studio.renameLabel", { title })}
            onClick={() => setRenaming(true)}
          >
            {t("studio.rename")}
          </Button>
          {isDraft && (
            <Button
              size="small"
              look="hot"
              rests={isPending("publication")}
              disabled={release.track_count === 0}
              aria-label={t("studio.publishLabel", { title })}
              onClick={() => take("publication", () => publishRelease(release.id), (done) => t("studio.saidPublished", { title: done.title }))}
            >
              {t("studio.publish")}
            </Button>
          )}
        </div>
      )}
      {error && <Problem>{error}</Problem>}
    </li>
  );
}

function NewRelease({ artist, onDone }: { artist: Profile; onDone: () => void }) {
  const [title, setTitle] = useState("");
  const [kind, setKind] = useState<ReleaseKind>("single");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const key = useRef(newKey());
  async function submit(event: React.FormEvent) {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await createRelease(artist.id, title.trim(), kind, key.current);
      onDone();
    } catch (refused) {
      // A refused answer may be changed before the next try: that is another request.
      key.current = newKey();
      setError(wordsOf(refused));
      setBusy(false);
    }
  }
  return (
    <form className={styles.newRelease} onSubmit={(event) => void submit(event)}>
      <Field label={t("studio.releaseTitle")}>
        {(ids) => (
          <input
            {...ids}
            required
            maxLength={200}
            value={title}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
        )}
      </Field>
      <Field label={t("studio.releaseKind")}>
        {(ids) => (
          <select
            {...ids}
            value={kind}
            onChange={(event) => setKind(event.currentTarget.value as ReleaseKind)}
          >
            {KINDS.map((one) => (
              <option key={one} value={one}>
                {t(`kind.${one}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <div className={styles.formTools}>
        <Button type="submit" look="hot" rests={busy}>
          {t("studio.releaseMake")}
        </Button>
        <Button look="quiet" onClick={onDone}>
          {t("studio.cancel")}
        </Button>
      </div>
      {error && <Problem>{error}</Problem>}
    </form>
  );
}
