import { ArrowDown, ArrowUp, GripVertical, X } from "lucide-react";
import type { KeyboardEvent, PointerEvent } from "react";
import { t } from "../../lib/messages";
import { clockTime } from "../../lib/time";
import { Cover, coverOf } from "../../ui/Cover";
import { IconButton } from "../../ui/controls";
import { useTrackInView } from "./batches";
import styles from "./Queue.module.css";
import "./words";

export type Part = "jump" | "handle" | "remove" | "up" | "down";

export interface RowActions {
  jump: (place: number) => void;
  remove: (place: number, title: string) => void;
  grab: (place: number, title: string) => void;
  nudge: (by: number) => void;
  onHandleKey: (event: KeyboardEvent) => void;
  onHandleDown: (event: PointerEvent<HTMLElement>, place: number) => void;
}

interface QueueRowProps {
  id: string;
  place: number;
  isCurrent: boolean;
  /** Tab leads to this row; arrows lead from it to the others. */
  isReached: boolean;
  isGrabbed: boolean;
  instructions: string;
  actions: RowActions;
}

export function QueueRow({ id, place, isCurrent, isReached, isGrabbed, instructions, actions }: QueueRowProps) {
  const title = useTitle(id);
  const icon = { size: 20, strokeWidth: 1.75, "aria-hidden": true } as const;
  const tabIndex = isReached ? 0 : -1;
  const common = (part: Part) => ({ "data-part": part, tabIndex });
  return (
    <div className={[styles.row, isCurrent && styles.current, isGrabbed && styles.grabbed].filter(Boolean).join(" ")}>
      <button
        type="button"
        className={styles.jump}
        aria-current={isCurrent || undefined}
        onClick={() => actions.jump(place)}
        {...common("jump")}
      >
        <span className="hidden">{t("queue.jump")} </span>
        <RowFace id={id} />
      </button>
      {isGrabbed && (
        <>
          <IconButton label={t("queue.up", { title })} onClick={() => actions.nudge(-1)} {...common("up")}>
            <ArrowUp {...icon} />
          </IconButton>
          <IconButton label={t("queue.down", { title })} onClick={() => actions.nudge(1)} {...common("down")}>
            <ArrowDown {...icon} />
          </IconButton>
        </>
      )}
      <span className={styles.handle}>
        <IconButton
          label={t("queue.move", { title })}
          aria-pressed={isGrabbed}
          aria-describedby={instructions}
          onPointerDown={(event) => actions.onHandleDown(event, place)}
          onClick={() => actions.grab(place, title)}
          onKeyDown={actions.onHandleKey}
          {...common("handle")}
        >
          <GripVertical {...icon} />
        </IconButton>
      </span>
      {!isGrabbed && (
        <IconButton
          label={t("queue.remove", { title })}
          onClick={() => actions.remove(place, title)}
          {...common("remove")}
        >
          <X {...icon} />
        </IconButton>
      )}
    </div>
  );
}

/** Cover, names and length: the row as it is also carried by a pointer. */
export function RowFace({ id }: { id: string }) {
  const track = useTrackInView(id);
  const title = useTitle(id);
  if (track === undefined || track === "gone") {
    return (
      <span className={styles.face}>
        <span className={`${styles.art} ${styles.blank}`} />
        <span className={track ? styles.title : `${styles.title} ${styles.waiting}`}>{title}</span>
      </span>
    );
  }
  return (
    <span className={styles.face}>
      <span className={styles.art}>
        <Cover {...coverOf(track)} size="small" />
        <span className={styles.playing} aria-hidden="true">
          <i />
          <i />
          <i />
        </span>
      </span>
      <span className={styles.names}>
        <span className={styles.title}>{title}</span>
        <span className={styles.artist}>{track.artist.name}</span>
      </span>
      <span className={styles.time}>{track.duration_ms ? clockTime(track.duration_ms / 1000) : ""}</span>
    </span>
  );
}

function useTitle(id: string): string {
  const track = useTrackInView(id);
  if (track === "gone") return t("queue.missing");
  return track?.title ?? t("queue.coming");
}
