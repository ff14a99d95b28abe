import type { ReactNode } from "react";
import styles from "./Masthead.module.css";

interface MastheadProps {
  /** Colour of what the page is about, `#rrggbb`: it tints the ground, thinly enough for any text to be read on it. */
  tint: string;
  cover?: ReactNode;
  /** A cover beside the names, or a strip of it above them on a phone, where the name comes first. */
  shape?: "cover" | "banner";
  children: ReactNode;
}

/** The head of a page, from edge to edge: the cover, the name, what it is, what to do with it. */
export function Masthead({ tint, cover, shape = "cover", children }: MastheadProps) {
  return (
    <header className={`${styles.mast} ${styles[shape]}`} style={{ "--tint": tint } as React.CSSProperties}>
      {cover && <div className={styles.art}>{cover}</div>}
      <div className={styles.names}>{children}</div>
    </header>
  );
}
