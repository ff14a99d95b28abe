import { Repeat, Repeat1, Shuffle, SkipBack, SkipForward, Volume1, Volume2, VolumeX } from "lucide-react";
import type { Track } from "../../api/types";
import { t } from "../../lib/messages";
import { useStore } from "../../lib/store";
import { clockTime } from "../../lib/time";
import { IconButton, PlayButton } from "../../ui/controls";
import { Slider } from "../../ui/Slider";
import * as player from "./player";
import styles from "./PlayerBar.module.css";
import { following } from "./queue";
import { playerState, progress } from "./state";
import { isSounding } from "./usePlayer";

const ICON = { size: 20, strokeWidth: 1.75, "aria-hidden": true } as const;

/** Previous, play or pause, next; on either side shuffle and repeat. */
export function Transport({ large = false }: { large?: boolean }) {
  const more = useStore(playerState, (now) => following(now.queue, now.repeat) !== null);
  return (
    <div className={large ? `${styles.transport} ${styles.largeTransport}` : styles.transport}>
      <span className={styles.mode}>
        <ShuffleButton />
      </span>
      <IconButton label={t("player.previous")} onClick={player.previous}>
        <SkipBack {...ICON} fill="currentColor" />
      </IconButton>
      <Toggle large={large} />
      <IconButton label={t("player.next")} onClick={player.next} rests={!more}>
        <SkipForward {...ICON} fill="currentColor" />
      </IconButton>
      <span className={styles.mode}>
        <RepeatButton />
      </span>
    </div>
  );
}

export function Toggle({ large = false }: { large?: boolean }) {
  const status = useStore(playerState, (now) => now.status);
  const sounding = isSounding(status);
  return (
    <span className={status === "loading" ? styles.loading : undefined}>
      <PlayButton
        large={large}
        playing={sounding}
        label={sounding ? t("player.pause") : t("player.play")}
        onClick={player.toggle}
      />
    </span>
  );
}

function ShuffleButton() {
  const on = useStore(playerState, (now) => now.shuffle);
  return (
    <IconButton label={t("player.shuffle")} aria-pressed={on} onClick={player.toggleShuffle}>
      <Shuffle {...ICON} />
    </IconButton>
  );
}

function RepeatButton() {
  const repeat = useStore(playerState, (now) => now.repeat);
  const Icon = repeat === "one" ? Repeat1 : Repeat;
  return (
    <IconButton label={t(`player.repeat.${repeat}`)} data-on={repeat !== "off"} onClick={player.turnRepeat}>
      <Icon {...ICON} />
    </IconButton>
  );
}

export function Volume() {
  const volume = useStore(playerState, (now) => now.volume);
  const muted = useStore(playerState, (now) => now.muted);
  const shown = muted ? 0 : volume;
  const Icon = shown === 0 ? VolumeX : shown < 0.5 ? Volume1 : Volume2;
  return (
    <div className={styles.volume}>
      <IconButton label={muted ? t("player.unmute") : t("player.mute")} onClick={player.toggleMute}>
        <Icon {...ICON} />
      </IconButton>
      <span className={styles.level}>
        <Slider
          label={t("player.volume")}
          value={shown}
          valueText={t("player.volumeValue", { percent: Math.round(shown * 100) })}
          onChange={player.setVolume}
        />
      </span>
    </div>
  );
}

export function Length({ track }: { track: Track }) {
  const seconds = useStore(progress, (now) => now.durationS) || (track.duration_ms ?? 0) / 1000;
  return <span className={styles.time}>{clockTime(seconds)}</span>;
}
