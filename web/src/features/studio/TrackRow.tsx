import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Trash2 } from "lucide-react";
import { Suspense, useRef, useState } from "react";
import { wordsOf } from "../../api/client";
import { trackQuery } from "../../api/queries";
import type { Track } from "../../api/types";
import { changeTrack, deleteTrack, publishTrack, restoreTrack, unpublishTrack } from "../../api/works";
import { SEPARATOR, t } from "../../lib/messages";
import { short } from "../../lib/short";
import { clockTime } from "../../lib/time";
import { Cover, coverOf } from "../../ui/Cover";
import { Button, IconButton, Problem } from "../../ui/controls";
import { say } from "../../ui/said";
import { removeTrack } from "../player/player";
import { TrackPlayButton } from "../track/TrackPlayButton";
import styles from "./Rows.module.css";
import { TrackForm } from "./TrackForm";
import { useTurns } from "./turns";
import { forgetUploadOf } from "./uploads";
import "./words";

/** One of my tracks: hear it, change what is said of it, publish it, take it back, delete it. */
export function TrackRow({ track: listed }: { track: Track }) {
  // The list gives the first picture; hints refresh the track under its own key, and nothing else does.
  const { data: track = listed } = useQuery({
    ...trackQuery(listed.id),
    initialData: listed,
    staleTime: Infinity,
  });
  const [editing, setEditing] = useState(false);
  const { inTurn, press, busy, error } = useTurns();
  const edit = useRef<HTMLButtonElement>(null);
  const { id, title } = track;
  const isOut = track.publication === "published";

  function publish() {
    void press(
      () => publishTrack(id),
      (out) => t("studio.saidPublished", { title: short(out.title) }),
    );
  }
  function done() {
    edit.current?.focus();
    setEditing(false);
  }
  return (
    <div className={styles.item}>
      <div className={styles.head}>
        <span className={styles.cover}>
          <Cover {...coverOf(track)} size="small" />
        </span>
        <TrackPlayButton track={track} quiet />
        <div className={styles.names}>
          <Link to="/tracks/$id" params={{ id }} className={styles.title}>
            {title}
          </Link>
          <span className={track.failure ? styles.bad : styles.facts}>{factsOf(track)}</span>
        </div>
        <div className={styles.tools}>
          <Button
            ref={edit}
            size="small"
            look="quiet"
            aria-expanded={editing}
            aria-label={t("studio.editLabel", { name: title })}
            onClick={() => setEditing(!editing)}
          >
            {t("studio.edit")}
          </Button>
          {isOut ? (
            <Button
              size="small"
              rests={busy}
              aria-label={t("studio.unpublishLabel", { title })}
              onClick={() =>
                void press(
                  () => unpublishTrack(id),
                  (back) => t("studio.saidTakenBack", { title: short(back.title) }),
                  publish,
                )
              }
            >
              {t("studio.unpublish")}
            </Button>
          ) : (
            <Button
              size="small"
              look="hot"
              rests={busy || track.media_status !== "playable"}
              aria-label={t("studio.publishLabel", { title })}
              onClick={publish}
            >
              {t("studio.publish")}
            </Button>
          )}
          <IconButton label={t("studio.deleteLabel", { title })} onClick={() => remove(track)}>
            <Trash2 size={20} strokeWidth={1.75} aria-hidden />
          </IconButton>
        </div>
      </div>
      {error && <Problem>{error}</Problem>}
      {editing && (
        <Suspense fallback={<p role="status">{t("list.loading")}</p>}>
          <TrackForm
            track={track}
            onDone={done}
            onSave={async (change) => {
              const { title: now } = await inTurn(() => changeTrack(id, change));
              say(t("studio.saidChanged", { name: short(now) }));
            }}
          />
        </Suspense>
      )}
    </div>
  );
}

/** The row is gone by the time the server answers, so all is said in the corner. */
function remove(track: Track): void {
  const { id, title } = track;
  const undo = () =>
    void restoreTrack(id).then(
      () => say(t("studio.saidRestored", { title: short(title) })),
      (refused: unknown) => say(wordsOf(refused)),
    );
  forgetUploadOf(id);
  removeTrack(id);
  void deleteTrack(track).then(
    () => say(t("studio.saidDeleted", { title: short(title) }), { undo }),
    (refused: unknown) => say(wordsOf(refused)),
  );
}

function factsOf(track: Track): string {
  if (track.failure) return t("track.failed", { reason: track.failure.message });
  if (track.media_status === "processing") return t("track.processing");
  const length = track.duration_ms === null ? null : clockTime(track.duration_ms / 1000);
  const genres = track.genres.map(({ name }) => name).join(", ");
  return [length, track.artist.name, track.release?.title, genres].filter(Boolean).join(SEPARATOR);
}
