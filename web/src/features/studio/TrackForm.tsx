import { useState } from "react";
import type { Track, TrackChange } from "../../api/types";
import { t } from "../../lib/messages";
import { Button, Field, Problem } from "../../ui/controls";
import { useSubmit } from "../../ui/useSubmit";
import styles from "./Forms.module.css";
import { GenreChoice } from "./GenreChoice";
import { useReleasesOf } from "./releasesOf";
import "./words";

const FIELDS = ["title", "release_id", "genres"] as const;

interface TrackFormProps {
  track: Track;
  /** Gets only what is different. Raises `ApiError`, which the form then tells. */
  onSave: (change: TrackChange) => Promise<void>;
  onDone: () => void;
}

/** What a track is called, which release it lies on and what kind of music it is, in its own row. */
export function TrackForm({ track, onSave, onDone }: TrackFormProps) {
  const before = track.genres.map(({ slug }) => slug);
  const [title, setTitle] = useState(track.title);
  const [releaseId, setReleaseId] = useState(track.release?.id ?? null);
  const [genres, setGenres] = useState<readonly string[]>(before);
  const releases = useReleasesOf(track.artist.id);
  const submit = useSubmit(FIELDS, async () => {
    const change: TrackChange = {};
    if (title.trim() !== track.title) change.title = title.trim();
    if (releaseId !== (track.release?.id ?? null)) change.release_id = releaseId;
    if (genres.toSorted().join() !== before.toSorted().join()) change.genres = [...genres];
    if (Object.keys(change).length) await onSave(change);
    onDone();
  });
  return (
    // Escape leaves it as it is from wherever in the form the focus stands.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form
      className={styles.form}
      aria-label={t("studio.editLabel", { name: track.title })}
      onSubmit={submit.onSubmit}
      onKeyDown={(event) => event.key === "Escape" && onDone()}
    >
      <div className={styles.pair}>
        <Field label={t("studio.trackTitle")} error={submit.at("title")}>
          {(ids) => (
            <input
              {...ids}
              // Pressing “Edit” asks for the field.
              // oxlint-disable-next-line jsx-a11y/no-autofocus
              autoFocus
              required
              maxLength={200}
              value={title}
              onFocus={(event) => event.currentTarget.select()}
              onChange={(event) => setTitle(event.currentTarget.value)}
            />
          )}
        </Field>
        <Field
          label={t("studio.release")}
          {...(releases.length ? {} : { hint: t("studio.releaseHint") })}
          error={submit.at("release_id")}
        >
          {(ids) => (
            <select
              {...ids}
              value={releaseId ?? ""}
              onChange={(event) => setReleaseId(event.currentTarget.value || null)}
            >
              <option value="">{t("studio.noRelease")}</option>
              {track.release && !releases.some(({ id }) => id === track.release!.id) && (
                <option value={track.release.id}>{track.release.title}</option>
              )}
              {releases.map((release) => (
                <option key={release.id} value={release.id}>
                  {release.title}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
      <GenreChoice chosen={genres} onChange={setGenres} error={submit.at("genres")} />
      {submit.other && <Problem>{submit.other}</Problem>}
      <div className={styles.tools}>
        <Button type="submit" size="small" look="hot" rests={submit.busy}>
          {submit.busy ? t("account.working") : t("studio.save")}
        </Button>
        <Button size="small" look="quiet" onClick={onDone}>
          {t("studio.cancel")}
        </Button>
      </div>
    </form>
  );
}
