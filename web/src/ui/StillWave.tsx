import { memo } from "react";
import styles from "./StillWave.module.css";
import { resample } from "./drawWaveform";

const [WIDTH, HEIGHT] = [270, 32];
const STRIDE = 4.5;
const BAR = 3;

/** A waveform that only stands there, one of many: a path is lighter than a canvas, and needs no redrawing. */
export const StillWave = memo(function StillWave({ peaks }: { peaks: readonly number[] | null }) {
  return (
    <svg className={styles.wave} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      <path d={pathOf(peaks)} />
    </svg>
  );
});

const drawn = new WeakMap<readonly number[], string>();
const SILENCE: readonly number[] = [];

function pathOf(peaks: readonly number[] | null): string {
  const known = peaks ?? SILENCE;
  const before = drawn.get(known);
  if (before !== undefined) return before;
  const path = resample(known, WIDTH / STRIDE)
    .map((level, index) => {
      const high = Math.max(2, Math.round(level * HEIGHT));
      return `M${index * STRIDE} ${(HEIGHT - high) / 2}h${BAR}v${high}h${-BAR}z`;
    })
    .join("");
  drawn.set(known, path);
  return path;
}
