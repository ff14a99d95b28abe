import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { changeTrack, deleteTrack, publishTrack, restoreTrack, unpublishTrack } from "../../api/actions";
import { wordsOf } from "../../api/client";
import { trackQuery } from "../../api/queries";
import type { Release, Track } from "../../api/types";
import { SEPARATOR, t } from "../../lib/messages";
import { clockTime } from "../../lib/time";
import { Cover } from "../../ui/Cover";
import { Button, Problem } from "../../ui/controls";
import { say } from "../../ui/said";
import { removeTrack } from "../player/player";
import { TrackPlayButton } from "../track/TrackPlayButton";
import { Rename } from "./Rename";
import styles from "./Studio.module.css";
import { useTurns } from "./turns";
import { forgetUploadOf } from "./uploads";

/** One of my tracks: hear it, name it, put it on a release, publish it, take it back, delete it. */
export function TrackEditor({ track: listed, releases }: { track: Track; releases: readonly Release[] }) {
  // The list gives the first picture; hints refresh the track under its own key.
  const { data: track = listed } = useQuery({ ...trackQuery(listed.id), initialData: listed });
  const [renaming, setRenaming] = useState(false);
  const { take, error, isPending } = useTurns();
  const { title } = track;

  const restore = () =>
    void restoreTrack(track.id).then(
      () => say(t("studio.saidRestored", { title })),
      (refused: unknown) => say(wordsOf(refused)),
    );
  // The row is gone by the time the server answers, so all is said in the corner.
  function remove() {
    forgetUploadOf(track.id);
    removeTrack(track.id);
    void deleteTrack(track.id).then(
      () => say(t("studio.saidDeleted", { title }), { undo: restore }),
      (refused: unknown) => say(wordsOf(refused)),
    );
  }
  const isOut = track.publication === "published";
  return (
    <li className={styles.track}>
      <div className={styles.trackHead}>
        <span className={styles.trackCover}>
          <Cover cover={track.cover} seed={track.id} size="small" />
        </span>
        <TrackPlayButton track={track} quiet />
        <div className={styles.trackNames}>
          {renaming ? (
            <Rename
              title={title}
              onDone={() => setRenaming(false)}
              onSave={(next) => {
                setRenaming(false);
                take("title", () => changeTrack(track.id, { title: next }), (done) => t("studio.saidRenamed", { title: done.title }));
              }}
            />
          ) : (
            <Link to="/tracks/$id" params={{ id: track.id }} className={styles.trackTitle}>
              {title}
            </Link>
          )}
          <span className="muted small tabular">{lineOf(track)}</span>
        </div>
      </div>
      {!renaming && (
        <div className={styles.trackTools}>
          {releases.length > 0 && (
            <select
              className={styles.releaseChoice}
              aria-label={t("studio.releaseLabel", { title })}
              value={track.release?.id ?? ""}
              onChange={(event) => {
                const release_id = event.currentTarget.value || null;
                take("release", () => changeTrack(track.id, { release_id }), (done) => t("studio.saidMoved", { title: done.title }));
              }}
            >
              <option value="">{t("studio.noRelease")}</option>
              {releases.map((release) => (
                <option key={release.id} value={release.id}>
                  {release.title}
                </option>
              ))}
            </select>
          )}
          <Button
            size="small"
            look="quiet"
            aria-label={t("studio.renameLabel", { title })}
            onClick={() => setRenaming(true)}
          >
            {t("studio.rename")}
          </Button>
          <Button
            size="small"
            look="quiet"
            aria-label={t("studio.deleteLabel", { title })}
            onClick={remove}
          >
            {t("studio.delete")}
          </Button>
          {isOut ? (
            <Button
              size="small"
              rests={isPending("publication")}
              aria-label={t("studio.unpublishLabel", { title })}
              onClick={() => take("publication", () => unpublishTrack(track.id), (done) => t("studio.saidTakenBack", { title: done.title }))}
            >
              {t("studio.unpublish")}
            </Button>
          ) : (
            <Button
              size="small"
              look="hot"
              rests={isPending("publication")}
              disabled={track.media_status !== "playable"}
              aria-label={t("studio.publishLabel", { title })}
              onClick={() => take("publication", () => publishTrack(track.id), (done) => t("studio.saidPublished", { title: done.title }))}
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

function lineOf(track: Track): string {
  if (track.failure) return t("track.failed", { reason: track.failure.message });
  if (track.media_status === "processing") return t("track.processing");
  const length = track.duration_ms === null ? null : clockTime(track.duration_ms / 1000);
  return [track.artist.name, track.release?.title, length].filter(Boolean).join(SEPARATOR);
}
