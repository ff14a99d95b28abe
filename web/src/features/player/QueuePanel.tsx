import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { trackQuery } from "../../api/queries";
import { t, tn } from "../../lib/messages";
import { useStore } from "../../lib/store";
import { clockTime } from "../../lib/time";
import { Button, IconButton } from "../../ui/controls";
import { VirtualList } from "../../ui/VirtualList";
import * as player from "./player";
import styles from "./PlayerBar.module.css";
import { playerState } from "./state";

const ROW_HEIGHT = 56;

export function QueuePanel() {
  const queue = useStore(playerState, (now) => now.queue);
  return (
    <div className={styles.queue}>
      <div className={styles.queueHead}>
        <h2>{t("player.queue")}</h2>
        <span className="muted small">{tn("tracks", queue.ids.length)}</span>
        <Button size="small" look="quiet" onClick={player.clearQueue} aria-label={t("queue.clearLabel")}>
          {t("queue.clear")}
        </Button>
      </div>
      {queue.ids.length === 0 ? (
        <p className="muted">{t("queue.empty")}</p>
      ) : (
        <VirtualList
          className={styles.queueList}
          label={t("player.queue")}
          count={queue.ids.length}
          rowHeight={ROW_HEIGHT}
          startAt={queue.index}
          row={(place) => (
            <QueueRow id={queue.ids[place]!} place={place} isCurrent={place === queue.index} />
          )}
        />
      )}
    </div>
  );
}

function QueueRow({ id, place, isCurrent }: { id: string; place: number; isCurrent: boolean }) {
  const { data: track, isError } = useQuery(trackQuery(id));
  const title = track?.title ?? (isError ? t("queue.missing") : "…");
  return (
    <div className={isCurrent ? `${styles.queueRow} ${styles.current}` : styles.queueRow}>
      <button
        type="button"
        className={styles.queueJump}
        aria-current={isCurrent || undefined}
        onClick={() => player.jump(place)}
      >
        <span className="hidden">{t("queue.jump")} </span>
        <span className={styles.queueTitle}>{title}</span>
        <span className={styles.queueArtist}>{track?.artist.name}</span>
      </button>
      <span className={styles.time}>{track?.duration_ms ? clockTime(track.duration_ms / 1000) : ""}</span>
      <IconButton label={t("queue.remove", { title })} onClick={() => player.removeFromQueue(place)}>
        <X size={20} strokeWidth={1.75} aria-hidden />
      </IconButton>
    </div>
  );
}
