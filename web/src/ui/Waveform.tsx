import { useEffect, useRef, type KeyboardEvent } from "react";
import { t } from "../lib/messages";
import { clockTime } from "../lib/time";
import { drawWaveform, type Drawing } from "./drawWaveform";
import styles from "./Waveform.module.css";

const ARROW_S = 5;
const PAGE_S = 30;

export interface WaveformProps {
  /** 0–255, or null while the server still measures: then a quiet line. */
  peaks: readonly number[] | null;
  /** Position in seconds at this very moment; read for each frame while `running`. */
  position: () => number;
  durationS: number;
  running: boolean;
  /** Redraws when it changes although nothing runs, for example after a seek. */
  positionS: number;
  /** Without it the waveform is a picture. */
  onSeek?: ((toS: number) => void) | undefined;
  label?: string;
}

/** Our mark: the track's peaks, what was played in hot ink. With `onSeek` it is a slider as well. */
export function Waveform(props: WaveformProps) {
  const { peaks, position, durationS, running, positionS, onSeek, label } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const drawing = useRef<Drawing | null>(null);
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const played = () => (durationS > 0 ? Math.min(position() / durationS, 1) : 0);
    const drawn = drawWaveform(element, peaks, played, running);
    drawing.current = drawn;
    return () => drawn.stop();
  }, [peaks, position, durationS, running]);
  useEffect(() => {
    if (positionS >= 0) drawing.current?.paint();
  }, [positionS]);
  return (
    <span className={styles.waveform}>
      <canvas ref={canvas} aria-hidden="true" />
      {onSeek && (
        <input
          type="range"
          className={styles.range}
          min={0}
          max={Math.max(durationS, 0.01)}
          step={0.01}
          value={Math.min(positionS, durationS)}
          aria-label={label ?? t("player.seek")}
          aria-valuetext={t("player.seekValue", {
            position: clockTime(positionS),
            duration: clockTime(durationS),
          })}
          onChange={(event) => onSeek(Number(event.currentTarget.value))}
          onKeyDown={(event) => {
            const to = keyTarget(event, positionS);
            if (to === null) return;
            event.preventDefault();
            onSeek(to);
          }}
        />
      )}
    </span>
  );
}

/** A step of the range (10 ms) is right for a pointer and far too fine for keys. */
function keyTarget(event: KeyboardEvent, fromS: number): number | null {
  switch (event.key) {
    case "ArrowRight":
    case "ArrowUp":
      return fromS + ARROW_S;
    case "ArrowLeft":
    case "ArrowDown":
      return fromS - ARROW_S;
    case "PageUp":
      return fromS + PAGE_S;
    case "PageDown":
      return fromS - PAGE_S;
    default:
      return null;
  }
}
