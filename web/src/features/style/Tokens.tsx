import { useLayoutEffect, useRef, useState } from "react";
import { Button } from "../../ui/controls";
import { contrast } from "../../lib/contrast";
import styles from "./StylePage.module.css";

/** Text on ground, and how much contrast the pair needs: 4.5 for text, 3 for what is only seen. */
const PAIRS = [
  ["ink", "paper", 4.5],
  ["ink", "card", 4.5],
  ["muted", "paper", 4.5],
  ["muted", "card", 4.5],
  ["paper", "ink", 4.5],
  ["on-hot", "hot", 4.5],
  ["hot-text", "paper", 4.5],
  ["hot-text", "card", 4.5],
  ["live-text", "paper", 4.5],
  ["warn-text", "paper", 4.5],
  ["hot", "paper", 3],
  ["muted", "paper", 3],
] as const;

export function Colours() {
  return (
    <ul className={styles.colours}>
      {PAIRS.map(([text, ground, needed], place) => (
        <Pair key={place} {...{ text, ground, needed }} />
      ))}
    </ul>
  );
}

/** Measured where it stands: the tokens of this theme, as the browser resolved them. */
function Pair({ text, ground, needed }: { text: string; ground: string; needed: number }) {
  const swatch = useRef<HTMLLIElement>(null);
  const fill = useRef<HTMLSpanElement>(null);
  // What is only seen is shown as that: a block, not letters that nobody could read.
  const isFill = needed === 3;
  const [ratio, setRatio] = useState<number | null>(null);
  useLayoutEffect(() => {
    if (!swatch.current) return;
    const { color, backgroundColor } = getComputedStyle(swatch.current);
    setRatio(contrast(fill.current ? getComputedStyle(fill.current).backgroundColor : color, backgroundColor));
  }, []);
  const verdict = ratio === null ? "" : ratio >= needed ? "enough" : `needs ${needed}`;
  return (
    <li
      ref={swatch}
      className={styles.pair}
      style={{ color: `var(--${isFill ? "ink" : text})`, backgroundColor: `var(--${ground})` }}
    >
      <span>
        {isFill && <span ref={fill} className={styles.fill} style={{ backgroundColor: `var(--${text})` }} />}
        {text} on {ground}
        {isFill && ", a fill"}
      </span>
      <strong className="tabular">{ratio?.toFixed(2)}</strong>
      <span>{verdict}</span>
    </li>
  );
}

const HEADINGS = ["s96", "s64", "s40", "s28", "s21"];
const TEXTS = ["s17", "s15", "s13"];

export function Type() {
  return (
    <div className={styles.stack}>
      {[...HEADINGS, ...TEXTS].map((size) => (
        <p
          key={size}
          className={HEADINGS.includes(size) ? styles.display : undefined}
          style={{ fontSize: `var(--${size})` }}
        >
          {size.slice(1)} Night ferry home
        </p>
      ))}
      <p className="tabular">0123456789 1:11 7:07 in figures of one width</p>
    </div>
  );
}

const SPACES = ["g4", "g8", "g12", "g16", "g24", "g32", "g48", "g72"] as const;

export function Spaces() {
  return (
    <div className={styles.stack}>
      <div className={styles.line}>
        {SPACES.map((space) => (
          <span key={space} className={styles.space}>
            <span style={{ width: `var(--${space})`, height: `var(--${space})` }} />
            {space.slice(1)}
          </span>
        ))}
      </div>
      <div className={styles.line}>
        {(["r-control", "r-cover", "r-card"] as const).map((radius) => (
          <span key={radius} className={styles.corner} style={{ borderRadius: `var(--${radius})` }}>
            {radius}
          </span>
        ))}
        <span className={styles.floats}>floats</span>
      </div>
    </div>
  );
}

export function Motion() {
  const [moved, setMoved] = useState(false);
  return (
    <div className={styles.stack}>
      <p>120 to 200 ms, ease-out, only to explain; none at all for who asked for less.</p>
      {[120, 140, 200].map((ms) => (
        <div key={ms} className={styles.track}>
          <span
            className={moved ? `${styles.runner} ${styles.moved}` : styles.runner}
            style={{ transitionDuration: `${ms}ms` }}
          >
            {ms}
          </span>
        </div>
      ))}
      <Button onClick={() => setMoved(!moved)}>Move</Button>
    </div>
  );
}
