import { Share } from "lucide-react";
import type { Track } from "../../api/types";
import { t } from "../../lib/messages";
import { linkTo, share } from "../../ui/share";
import { clockTime } from "../../lib/time";
import { useStore } from "../../lib/store";
import { IconButton } from "../../ui/controls";
import styles from "./PlayerBar.module.css";
import { progress } from "./state";

/** Sends a track's address. */
export function ShareButton({ track }: { track: Track }) {
  return (
    <IconButton label={t("share.track", { title: track.title })} onClick={() => void share(linkTo(track))}>
      <Share size={20} strokeWidth={1.75} aria-hidden />
    </IconButton>
  );
}

/** How far the track is; a press sends the address of this very moment. */
export function Moment({ track }: { track: Track }) {
  const seconds = useStore(progress, (now) => Math.floor(now.positionS));
  return (
    <button
      type="button"
      className={`${styles.time} ${styles.moment}`}
      title={t("share.moment", { time: clockTime(seconds) })}
      aria-label={t("share.moment", { time: clockTime(seconds) })}
      onClick={() => void share(linkTo(track, seconds))}
    >
      {clockTime(seconds)}
    </button>
  );
}
