import { Link } from "@tanstack/react-router";
import type { Track } from "../../api/types";
import { t } from "../../lib/messages";
import { Cover } from "../../ui/Cover";
import { Dialog } from "../../ui/Dialog";
import styles from "./PlayerBar.module.css";
import { QueuePanel } from "./QueuePanel";
import { SeekBar } from "./SeekBar";
import { panels } from "./state";
import { Length, Position, Transport } from "./Transport";

const close = () => panels.set({ sheet: false });

/** The phone's whole player: cover, waveform to scrub, queue. */
export function PlayerSheet({ track }: { track: Track }) {
  return (
    <Dialog title={t("queue.now")} shape="sheet" onClose={close} closeLabel={t("player.close")}>
      <div className={styles.sheetArt}>
        <Cover cover={track.cover} seed={track.id} size="large" />
      </div>
      <div className={styles.sheetNames}>
        <Link to="/tracks/$id" params={{ id: track.id }} onClick={close} className={styles.sheetTitle}>
          {track.title}
        </Link>
        <Link
          to="/artists/$slug"
          params={{ slug: track.artist.slug }}
          onClick={close}
          className={styles.sheetArtist}
        >
          {track.artist.name}
        </Link>
      </div>
      <div>
        <div className={styles.sheetWave}>
          <SeekBar track={track} />
        </div>
        <div className={styles.sheetTimes}>
          <Position />
          <Length track={track} />
        </div>
      </div>
      <div className={styles.sheetTransport}>
        <Transport large />
      </div>
      <QueuePanel />
    </Dialog>
  );
}
