import { useEffect, useState } from "react";
import { createPortal } from "react-dom";
import { t } from "../lib/messages";
import { createStore, useStore } from "../lib/store";
import { openModals } from "./Modal";
import styles from "./said.module.css";

const STAYS_MS = 4000;
/** Undoing needs time to be noticed, reached and pressed. */
const UNDO_STAYS_MS = 10_000;
const AT_ONCE = 3;

interface Note {
  id: number;
  words: string;
  undo: (() => void) | null;
}

const said = createStore<{ notes: readonly Note[] }>({ notes: [] });
let last = 0;

/**
 * Says in a corner, and to a screen reader, what was just done. With `undo` it can be taken back: by its button,
 * or by Ctrl+Z wherever no text is being written.
 */
export function say(words: string, { undo }: { undo?: () => void } = {}): void {
  const note = { id: ++last, words, undo: undo ?? null };
  // The same again takes the place of the first; what can be undone stays as long as there is room.
  said.set(({ notes }) => ({ notes: [...notes.filter((one) => one.undo || one.words !== words), note].slice(-AT_ONCE) }));
}

function hush(id: number): void {
  said.set(({ notes }) => ({ notes: notes.filter((one) => one.id !== id) }));
}

function takeBack(note: Note): void {
  hush(note.id);
  note.undo?.();
}

/** Takes back the latest that can be; false when there is none. */
export function undoLast(): boolean {
  const note = said.get().notes.findLast((one) => one.undo);
  if (note) takeBack(note);
  return note !== undefined;
}

export function Said() {
  const notes = useStore(said, (now) => now.notes);
  const dialog = useStore(openModals, (now) => now.stack.at(-1));
  const list = (
    <div role="status" className={styles.said}>
      {notes.map((note) => (
        <Saying key={note.id} note={note} />
      ))}
    </div>
  );
  // All that is outside an open dialog can be neither pressed nor heard.
  return dialog ? createPortal(list, dialog) : list;
}

function Saying({ note }: { note: Note }) {
  const [held, setHeld] = useState(false);
  const { id, undo } = note;
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(hush, undo ? UNDO_STAYS_MS : STAYS_MS, id);
    return () => clearTimeout(timer);
  }, [held, id, undo]);
  return (
    <div
      className={styles.note}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {note.words}
      {undo && (
        <button type="button" className={styles.undo} onClick={() => takeBack(note)}>
          {t("said.undo")}
        </button>
      )}
    </div>
  );
}
