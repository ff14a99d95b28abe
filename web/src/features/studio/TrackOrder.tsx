import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { ArrowDown, ArrowUp, GripVertical } from "lucide-react";
import { useRef, useState, type PointerEvent } from "react";
import { wordsOf } from "../../api/client";
import type { Release, Track } from "../../api/types";
import { orderRelease, publishTrack, tracksOf } from "../../api/works";
import { SEPARATOR, t } from "../../lib/messages";
import { short } from "../../lib/short";
import { clockTime } from "../../lib/time";
import { Button, IconButton, Problem } from "../../ui/controls";
import { say } from "../../ui/said";
import { moved } from "./reorder";
import styles from "./TrackOrder.module.css";
import { useTurns } from "./turns";
import "./words";

/** A release's tracks, to put in order by dragging or by two buttons each; kept at once. */
export function TrackOrder({ release }: { release: Release }) {
  const client = useQueryClient();
  const queryKey = ["release", release.id, "order"];
  const { data: tracks } = useSuspenseQuery({
    queryKey,
    queryFn: ({ signal }) => tracksOf(release.id, signal),
  });
  const { inTurn, press, busy, error: refused } = useTurns();
  const [error, setError] = useState<string | null>(null);
  const drag = useDrag(tracks.length, (from, to) => move(from, to));
  const drafts = tracks.filter((track) => track.publication !== "published" && track.media_status === "playable");

  function move(from: number, to: number) {
    const next = moved(tracks, from, to);
    setError(null);
    void client.cancelQueries({ queryKey });
    client.setQueryData(queryKey, next);
    const place = next.indexOf(tracks[from]!) + 1;
    say(t("studio.saidPlace", { title: short(tracks[from]!.title), place, count: next.length }));
    inTurn(() => orderRelease(release.id, next.map(({ id }) => id))).catch((why: unknown) => setError(wordsOf(why)));
  }
  const publishRest = () =>
    void press(
      async () => {
        for (const track of drafts) await publishTrack(track.id);
        return drafts.length;
      },
      () => t("studio.saidPublished", { title: release.title }),
    );
  return (
    <div className={styles.order}>
      <ol className={styles.list} aria-label={t("studio.orderLabel", { title: release.title })}>
        {tracks.map((track, place) => (
          <li key={track.id} className={drag.classOf(place)} style={drag.styleOf(place)}>
            <span className={styles.grip} {...drag.grip(place)} aria-hidden="true">
              <GripVertical size={20} strokeWidth={1.75} />
            </span>
            <span className={`${styles.number} tabular`}>{place + 1}</span>
            <span className={styles.name}>{track.title}</span>
            <span className={`${styles.length} tabular`}>{lengthOf(track)}</span>
            <IconButton
              label={t("studio.moveUp", { title: track.title })}
              rests={place === 0}
              onClick={() => move(place, place - 1)}
            >
              <ArrowUp size={20} strokeWidth={1.75} aria-hidden />
            </IconButton>
            <IconButton
              label={t("studio.moveDown", { title: track.title })}
              rests={place === tracks.length - 1}
              onClick={() => move(place, place + 1)}
            >
              <ArrowDown size={20} strokeWidth={1.75} aria-hidden />
            </IconButton>
          </li>
        ))}
      </ol>
      {(error ?? refused) && <Problem>{error ?? refused}</Problem>}
      {release.publication === "published" && drafts.length > 0 && (
        <Button size="small" look="hot" rests={busy} onClick={publishRest}>
          {t("studio.publishRest", { count: drafts.length })}
        </Button>
      )}
    </div>
  );
}

function lengthOf(track: Track): string {
  const length = track.duration_ms === null ? "" : clockTime(track.duration_ms / 1000);
  return track.publication === "published" ? length : [t("studio.releaseDraft"), length].filter(Boolean).join(SEPARATOR);
}

interface Dragging {
  from: number;
  startY: number;
  height: number;
  by: number;
}

/** Dragging a row by its grip, by mouse or finger: the others make room, and on letting go it is moved. */
function useDrag(count: number, onDrop: (from: number, to: number) => void) {
  const [now, setNow] = useState<Dragging | null>(null);
  const latest = useRef<Dragging | null>(null);
  const set = (dragging: Dragging | null) => {
    latest.current = dragging;
    setNow(dragging);
  };
  const target = ({ from, by, height }: Dragging) =>
    Math.min(Math.max(from + Math.round(by / height), 0), count - 1);

  return {
    grip: (place: number) => ({
      onPointerDown(event: PointerEvent<HTMLElement>) {
        if (event.button !== 0) return;
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        const height = event.currentTarget.closest("li")!.offsetHeight;
        set({ from: place, startY: event.clientY, height, by: 0 });
      },
      onPointerMove(event: PointerEvent) {
        if (latest.current) set({ ...latest.current, by: event.clientY - latest.current.startY });
      },
      onPointerUp() {
        const dragging = latest.current;
        set(null);
        if (dragging && target(dragging) !== dragging.from) onDrop(dragging.from, target(dragging));
      },
      onPointerCancel: () => set(null),
    }),
    classOf: (place: number) =>
      [styles.track, now && (place === now.from ? styles.held : styles.yields)].filter(Boolean).join(" "),
    styleOf(place: number) {
      if (!now) return undefined;
      if (place === now.from) return { transform: `translateY(${now.by}px)` };
      const to = target(now);
      const steps = place > now.from && place <= to ? -1 : place < now.from && place >= to ? 1 : 0;
      return { transform: `translateY(${steps * now.height}px)` };
    },
  };
}
