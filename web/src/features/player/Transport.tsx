import { SkipBack, SkipForward, Volume2, VolumeX } from "lucide-react";
import type { Track } from "../../api/types";
import { t } from "../../lib/messages";
import { useStore } from "../../lib/store";
import { clockTime } from "../../lib/time";
import { IconButton, PlayButton } from "../../ui/controls";
import { Slider } from "../../ui/Slider";
import * as player from "./player";
import styles from "./PlayerBar.module.css";
import { hasNext } from "./queue";
import { playerState, progress } from "./state";
import { isSounding } from "./usePlayer";

/** Previous, play or pause, next. */
export function Transport({ large = false }: { large?: boolean }) {
  const more = useStore(playerState, (now) => hasNext(now.queue));
  return (
    <div className={styles.transport}>
      <IconButton label={t("player.previous")} onClick={player.previous}>
        <SkipBack size={20} strokeWidth={1.75} aria-hidden />
      </IconButton>
      <Toggle large={large} />
      <IconButton label={t("player.next")} onClick={player.next} rests={!more}>
        <SkipForward size={20} strokeWidth={1.75} aria-hidden />
      </IconButton>
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

export function Volume() {
  const volume = useStore(playerState, (now) => now.volume);
  const muted = useStore(playerState, (now) => now.muted);
  const shown = muted ? 0 : volume;
  const Icon = shown === 0 ? VolumeX : Volume2;
  return (
    <div className={styles.volume}>
      <IconButton label={muted ? t("player.unmute") : t("player.mute")} onClick={player.toggleMute}>
        <Icon size={20} strokeWidth={1.75} aria-hidden />
      </IconButton>
      <Slider
        label={t("player.volume")}
        value={shown}
        valueText={t("player.volumeValue", { percent: Math.round(shown * 100) })}
        onChange={player.setVolume}
      />
    </div>
  );
}

export function Position() {
  const seconds = useStore(progress, (now) => Math.floor(now.positionS));
  return <span className={styles.time}>{clockTime(seconds)}</span>;
}

export function Length({ track }: { track: Track }) {
  const seconds = useStore(progress, (now) => now.durationS) || (track.duration_ms ?? 0) / 1000;
  return <span className={styles.time}>{clockTime(seconds)}</span>;
}
