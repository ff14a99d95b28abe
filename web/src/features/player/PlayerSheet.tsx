import { Link } from "@tanstack/react-router";
import type { Track } from "../../api/types";
import { t } from "../../lib/messages";
import { Cover } from "../../ui/Cover";
import { Dialog } from "../../ui/Dialog";
import styles from "./PlayerBar.module.css";
import { QueuePanel } from "./QueuePanel";
import { SeekBar } from "./SeekBar";
import { Length, Position, Transport } from "./Transport";

/** The phone's whole player: cover, waveform to scrub, queue. A link in it takes its place in the history. */
export function PlayerSheet({ track, onClose }: { track: Track; onClose: () => void }) {
  return (
    <Dialog title={t("queue.now")} shape="sheet" onClose={onClose} closeLabel={t("player.close")}>
      <div className={styles.sheetArt}>
        <Cover cover={track.cover} seed={track.id} size="large" />
      </div>
      <div className={styles.sheetNames}>
        <Link to="/tracks/$id" params={{ id: track.id }} replace className={styles.sheetTitle}>
          {track.title}
        </Link>
        <Link
          to="/artists/$slug"
          params={{ slug: track.artist.slug }}
          replace
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
