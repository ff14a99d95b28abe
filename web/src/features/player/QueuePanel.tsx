import type { ReactNode } from "react";
import { t, tn } from "../../lib/messages";
import { useStore } from "../../lib/store";
import { Button } from "../../ui/controls";
import { Empty } from "../../ui/Empty";
import { say } from "../../ui/said";
import * as player from "./player";
import styles from "./Queue.module.css";
import { QueueList } from "./QueueList";
import { playerState } from "./state";
import "./words";

/** What plays and what follows; `children` stand in its head. */
export function QueuePanel({ children }: { children?: ReactNode }) {
  const queue = useStore(playerState, (now) => now.queue);
  const sounding = useStore(playerState, (now) => now.status === "playing");
  const count = queue.ids.length;
  function clear() {
    const undo = player.clearQueue();
    say(t("queue.cleared"), { undo });
  }
  return (
    <div className={styles.panel}>
      <div className={styles.head}>
        <h2>{t("player.queue")}</h2>
        {count > 0 && <span className={styles.count}>{tn("tracks", count)}</span>}
        <Button size="small" look="quiet" rests={count === 0} onClick={clear} aria-label={t("queue.clearLabel")}>
          {t("queue.clear")}
        </Button>
        {children}
      </div>
      {count > 0 ? (
        <QueueList queue={queue} sounding={sounding} />
      ) : (
        <div className={styles.empty}>
          <Empty title={t("queue.emptyTitle")} level={3}>
            {t("queue.empty")}
          </Empty>
        </div>
      )}
    </div>
  );
}
