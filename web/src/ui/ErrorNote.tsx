import type { ReactNode } from "react";
import { t } from "../lib/messages";
import { Button } from "./controls";
import styles from "./ErrorNote.module.css";

interface ErrorNoteProps {
  /** What happened. */
  title: string;
  /** What is safe, and what to do. */
  children: ReactNode;
  onRetry?: () => void;
  /** It is being tried. */
  busy?: boolean;
}

/** Something in a page did not work: what happened, what is safe, what to do, and the way to try again. */
export function ErrorNote({ title, children, onRetry, busy = false }: ErrorNoteProps) {
  return (
    <div role="alert" className={styles.note}>
      <div className={styles.words}>
        <strong>{title}</strong>
        <p>{children}</p>
      </div>
      {onRetry && (
        <Button size="small" onClick={onRetry} rests={busy}>
          {t(busy ? "account.working" : "kit.retry")}
        </Button>
      )}
    </div>
  );
}
