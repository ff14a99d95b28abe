import type { CSSProperties } from "react";
import styles from "./Slider.module.css";

interface SliderProps {
  label: string;
  value: number;
  min?: number;
  max?: number;
  step?: number;
  /** The value in words, for those who hear it. */
  valueText?: string;
  onChange: (value: number) => void;
}

/** The browser's own range, drawn with our tokens: its keys, touch and screen-reader gestures are complete. */
export function Slider({ label, value, min = 0, max = 1, step = 0.05, valueText, onChange }: SliderProps) {
  const filled = max > min ? ((value - min) / (max - min)) * 100 : 0;
  return (
    <input
      type="range"
      className={styles.slider}
      {...{ min, max, step, value }}
      aria-label={label}
      aria-valuetext={valueText}
      onChange={(event) => onChange(Number(event.currentTarget.value))}
      style={{ "--filled": `${filled}%` } as CSSProperties}
    />
  );
}
