import { memo } from "react";
import styles from "./StillWave.module.css";
import { resample } from "./drawWaveform";

const [WIDTH, HEIGHT] = [270, 32];
/** Bars for a wide place and for a narrow one, where as many would be a blur. */
const [FINE, COARSE] = [60, 15];
const FILLED = 2 / 3;

interface StillWaveProps {
  peaks: readonly number[] | null;
  /** Its place is narrow on a middling screen. */
  narrow?: boolean;
}

/** A waveform that only stands there, one of many: a path is lighter than a canvas, and needs no redrawing. */
export const StillWave = memo(function StillWave({ peaks, narrow = false }: StillWaveProps) {
  return (
    <svg className={narrow ? `${styles.wave} ${styles.narrow}` : styles.wave} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      <path className={styles.fine} d={pathOf(peaks, FINE)} />
      <path className={styles.coarse} d={pathOf(peaks, COARSE)} />
    </svg>
  );
});

function pathOf(peaks: readonly number[] | null, bars: number): string {
  const stride = WIDTH / bars;
  const wide = stride * FILLED;
  return resample(peaks ?? [], bars)
    .map((level, index) => {
      const high = Math.max(2, Math.round(level * HEIGHT));
      return `M${index * stride} ${(HEIGHT - high) / 2}h${wide}v${high}h${-wide}z`;
    })
    .join("");
}
