import { Link } from "@tanstack/react-router";
import { ListMusic, User } from "lucide-react";
import type { Track } from "../../api/types";
import { t } from "../../lib/messages";
import { useStore } from "../../lib/store";
import { Cover, coverOf } from "../../ui/Cover";
import { Dialog } from "../../ui/Dialog";
import { IconButton } from "../../ui/controls";
import { Notices } from "./Notices";
import styles from "./PlayerSheet.module.css";
import { QueuePanel } from "./QueuePanel";
import { SeekBar } from "./SeekBar";
import { Moment, ShareButton } from "./ShareButton";
import { panels } from "./state";
import { Length, Transport } from "./Transport";
import { useSwipeDown } from "./useSwipeDown";
import "./words";

/**
 * The whole player over the page: the cover, or in its place the queue; on a tablet both. A link in it takes its
 * place in the history.
 */
export function PlayerSheet({ track, onClose }: { track: Track; onClose: () => void }) {
  const queue = useStore(panels, (now) => now.sheetQueue);
  const swipe = useSwipeDown(onClose);
  const icon = { size: 20, strokeWidth: 1.75, "aria-hidden": true } as const;
  return (
    <Dialog title={t("queue.now")} shape="sheet" onClose={onClose} closeLabel={t("player.close")}>
      <div className={queue ? `${styles.sheet} ${styles.withQueue}` : styles.sheet}>
        <div className={styles.top} {...swipe}>
          <span className={styles.grip} aria-hidden="true" />
          <div className={styles.art}>
            <Cover {...coverOf(track)} size="large" />
          </div>
          <div className={styles.names}>
            <Link to="/tracks/$id" params={{ id: track.id }} replace className={styles.title}>
              {track.title}
            </Link>
            <Link to="/artists/$slug" params={{ slug: track.artist.slug }} replace className={styles.artist}>
              {track.artist.name}
            </Link>
          </div>
        </div>
        <div className={styles.queue}>
          <QueuePanel />
        </div>
        <div className={styles.controls}>
          <Notices />
          <div className={styles.wave}>
            <SeekBar track={track} />
          </div>
          <div className={styles.times}>
            <Moment track={track} />
            <Length track={track} />
          </div>
          <Transport large />
          <div className={styles.more}>
            <Link
              to="/artists/$slug"
              params={{ slug: track.artist.slug }}
              replace
              className={styles.toArtist}
              aria-label={t("player.toArtist", { name: track.artist.name })}
              title={t("player.toArtist", { name: track.artist.name })}
            >
              <User {...icon} />
            </Link>
            <ShareButton track={track} />
            <span className={styles.queueButton}>
              <IconButton
                label={t("player.queue")}
                aria-pressed={queue}
                onClick={() => panels.set({ sheetQueue: !queue })}
              >
                <ListMusic {...icon} />
              </IconButton>
            </span>
          </div>
        </div>
      </div>
    </Dialog>
  );
}
