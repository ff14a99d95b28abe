import type { ReactNode } from "react";
import styles from "./Empty.module.css";

interface EmptyProps {
  title: string;
  /** What will live here. */
  children: ReactNode;
  /** The one next step. */
  action?: ReactNode;
  /** Where the title stands among the page's headings; 1 is the page's own `Heading`, given as `title` by the page. */
  level?: 2 | 3;
  /** One part of a page among others, or of a tool: not as loud as a page that is all empty. */
  small?: boolean;
}

/** An empty place says what will live there and offers the one next step, under our mark at rest. */
export function Empty({ title, children, action, level = 2, small = level === 3 }: EmptyProps) {
  const Title = level === 2 ? "h2" : "h3";
  return (
    <div className={small ? styles.empty : `${styles.empty} ${styles.large}`}>
      <Silence />
      <Title className={styles.title}>{title}</Title>
      <p className={small ? "muted" : "lead"}>{children}</p>
      {action && <div className={styles.action}>{action}</div>}
    </div>
  );
}

/** The waveform before the first note: a quiet line, and one bar that is about to move. */
export function Silence() {
  const heights = [4, 4, 6, 4, 4, 8, 4, 22, 10, 4, 6, 4, 4, 4];
  return (
    <svg className={styles.silence} viewBox="0 0 112 24" width="112" height="24" aria-hidden="true">
      {heights.map((height, place) => (
        <rect
          key={place}
          className={height > 20 ? styles.first : undefined}
          x={place * 8}
          y={12 - height / 2}
          width="4"
          height={height}
          rx="2"
        />
      ))}
    </svg>
  );
}
