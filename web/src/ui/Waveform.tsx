import { useEffect, useRef, type KeyboardEvent, type PointerEvent } from "react";
import { t } from "../lib/messages";
import { clockTime, spokenTime } from "../lib/time";
import { drawWaveform, type Drawing } from "./drawWaveform";
import styles from "./Waveform.module.css";

const ARROW_S = 5;
const SHIFT_ARROW_S = 15;
const PAGE_S = 30;
/** `End` leads here before the end: at the very end the next track would begin. */
const LAST_S = 5;

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
export function Waveform({ peaks, position, durationS, running, positionS, onSeek, label }: WaveformProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const drawing = useRef<Drawing | null>(null);
  /** Where a drag would seek to if it ended now, in s. */
  const dragged = useRef<number | null>(null);
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const played = () => (durationS > 0 ? Math.min((dragged.current ?? position()) / durationS, 1) : 0);
    const drawn = drawWaveform(element, peaks, played, running);
    drawing.current = drawn;
    return () => drawn.stop();
  }, [peaks, position, durationS, running]);
  useEffect(() => {
    if (positionS >= 0) drawing.current?.paint();
  }, [positionS]);
  function showDrag(toS: number | null) {
    dragged.current = toS;
    drawing.current?.paint();
  }
  return (
    <span className={styles.waveform}>
      <canvas ref={canvas} aria-hidden="true" />
      {onSeek && <Slider {...{ position, positionS, durationS, onSeek, label, showDrag }} />}
    </span>
  );
}

interface SliderProps extends Pick<WaveformProps, "position" | "positionS" | "durationS" | "label"> {
  onSeek: (toS: number) => void;
  /** Draws where a drag would lead; null when it is over. */
  showDrag: (toS: number | null) => void;
}

/**
 * Keys and screen readers have the browser's own range; a pointer has the waveform itself, as a range's thumb
 * would lead it a few pixels astray. A drag seeks once, when it ends. Nothing here renders while it moves.
 */
function Slider({ position, positionS, durationS, onSeek, label, showDrag }: SliderProps) {
  const dragged = useRef<number | null>(null);
  const range = useRef<HTMLInputElement>(null);
  const pointed = useRef<HTMLSpanElement>(null);

  function point(event: PointerEvent<HTMLElement>): number {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const part = Math.min(Math.max((event.clientX - left) / Math.max(width, 1), 0), 1);
    const mark = pointed.current;
    if (mark) {
      mark.hidden = false;
      mark.textContent = clockTime(part * durationS);
      mark.parentElement?.style.setProperty("--at", `${part * 100}%`);
    }
    return part * durationS;
  }
  function drag(toS: number | null) {
    dragged.current = toS;
    showDrag(toS);
  }
  function hide() {
    if (pointed.current) pointed.current.hidden = true;
  }
  return (
    <>
      <input
        ref={range}
        type="range"
        className={styles.range}
        min={0}
        max={Math.max(durationS, 0.01)}
        step={0.01}
        value={Math.min(positionS, durationS)}
        aria-label={label ?? t("player.seek")}
        aria-valuetext={t("player.seekValue", {
          position: spokenTime(positionS),
          duration: spokenTime(durationS),
        })}
        onChange={(event) => onSeek(Number(event.currentTarget.value))}
        onKeyDown={(event) => {
          const to = keyTarget(event, position(), durationS);
          if (to === null) return;
          event.preventDefault();
          onSeek(Math.min(Math.max(to, 0), durationS));
        }}
      />
      <span
        className={styles.pointer}
        aria-hidden="true"
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.preventDefault();
          range.current?.focus({ preventScroll: true });
          event.currentTarget.setPointerCapture(event.pointerId);
          drag(point(event));
        }}
        onPointerMove={(event) => {
          const toS = point(event);
          if (dragged.current !== null) drag(toS);
        }}
        onPointerUp={(event) => {
          const toS = dragged.current;
          if (toS === null) return;
          onSeek(toS);
          drag(null);
          if (event.pointerType !== "mouse") hide();
        }}
        onPointerCancel={() => {
          drag(null);
          hide();
        }}
        onPointerLeave={() => dragged.current === null && hide()}
      >
        <span ref={pointed} className={styles.pointed} hidden />
        <span className={styles.line} />
      </span>
    </>
  );
}

/** A step of the range (10 ms) is right for a screen reader's exact value and far too fine for keys. */
function keyTarget({ key, shiftKey }: KeyboardEvent, fromS: number, durationS: number): number | null {
  const arrow = shiftKey ? SHIFT_ARROW_S : ARROW_S;
  switch (key) {
    case "ArrowRight":
    case "ArrowUp":
      return fromS + arrow;
    case "ArrowLeft":
    case "ArrowDown":
      return fromS - arrow;
    case "PageUp":
      return fromS + PAGE_S;
    case "PageDown":
      return fromS - PAGE_S;
    case "Home":
      return 0;
    case "End":
      return durationS - LAST_S;
    default:
      return null;
  }
}
