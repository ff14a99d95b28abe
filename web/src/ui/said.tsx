import { useEffect } from "react";
import { t } from "../lib/messages";
import { createStore, useStore } from "../lib/store";
import styles from "./said.module.css";

const STAYS_MS = 4000;
/** Undoing needs time to be noticed, reached and pressed. */
const UNDO_STAYS_MS = 10_000;

interface Saying {
  words: string;
  undo: (() => void) | null;
  turn: number;
}

const said = createStore<Saying>({ words: "", undo: null, turn: 0 });

/** Says in a corner, and to a screen reader, what was just done, and how to take it back. */
export function say(words: string, undo: (() => void) | null = null): void {
  said.set((now) => ({ words, undo, turn: now.turn + 1 }));
}

export function Said() {
  const words = useStore(said, (now) => now.words);
  const undo = useStore(said, (now) => now.undo);
  const turn = useStore(said, (now) => now.turn);
  useEffect(() => {
    const hush = () => said.set({ words: "", undo: null });
    const timer = setTimeout(hush, undo ? UNDO_STAYS_MS : STAYS_MS);
    return () => clearTimeout(timer);
    // The same words said again stay as long again: hence the turn.
    // oxlint-disable-next-line react/exhaustive-deps, react/exhaustive-effect-dependencies
  }, [turn, undo]);
  return (
    <div role="status" className={words ? styles.said : styles.silent}>
      {words}
      {undo && (
        <button
          type="button"
          className={styles.undo}
          onClick={() => {
            said.set({ words: "", undo: null });
            undo();
          }}
        >
          {t("said.undo")}
        </button>
      )}
    </div>
  );
}
