import { useEffect, useState } from "react";
import { createPortal } from "react-dom";
import { alsoWipe } from "../api/owner";
import { t } from "../lib/messages";
import { createStore, useStore } from "../lib/store";
import { openModals } from "./Modal";
import styles from "./said.module.css";

const STAYS_MS = 4000;
/** Undoing needs time to be noticed, reached and pressed. */
const UNDO_STAYS_MS = 10_000;

interface Act {
  words: string;
  act: () => void;
}

interface Note {
  id: number;
  words: string;
  undo: (() => void) | null;
  /** What its button says and does. */
  offer: Act | null;
  /** Until when Ctrl+Z takes it back, though another stands in its place. */
  until: number;
}

const said = createStore<{ note: Note | null }>({ note: null });
let undoable: readonly Note[] = [];
let last = 0;

// What one account did, the next one can't take back.
alsoWipe(() => {
  undoable = [];
  said.set(({ note }) => ({ note: note?.offer ? null : note }));
});

/**
 * Says in a corner, and to a screen reader, what was just done; the newest takes the place of what was said before.
 * With `undo` it can be taken back: by its button, or by Ctrl+Z wherever no text is being written. `offer` is
 * what else may come next. Gives what withdraws it, should it turn out not to be so.
 */
export function say(words: string, { undo, offer }: { undo?: () => void; offer?: Act } = {}): () => void {
  const id = ++last;
  const back = undo && { words: t("said.undo"), act: () => takeBack(note) };
  const note: Note = { id, words, undo: undo ?? null, offer: back ?? offer ?? null, until: Date.now() + UNDO_STAYS_MS };
  if (undo) undoable = [...undoable.filter(({ until }) => until > Date.now()), note];
  said.set({ note });
  return () => {
    undoable = undoable.filter((one) => one !== note);
    hush(id);
  };
}

function hush(id: number): void {
  said.set(({ note }) => ({ note: note?.id === id ? null : note }));
}

function takeBack(note: Note): void {
  undoable = undoable.filter((one) => one !== note);
  hush(note.id);
  note.undo?.();
}

/** Takes back the latest that can be; false when there is none. */
export function undoLast(): boolean {
  const shown = said.get().note;
  // What stands there is held by a pointer or the focus for as long as they like.
  const note = undoable.findLast((one) => one === shown || one.until > Date.now());
  if (note) takeBack(note);
  return note !== undefined;
}

export function Said() {
  const note = useStore(said, (now) => now.note);
  const dialog = useStore(openModals, (now) => now.stack.at(-1));
  const list = (
    <div role="status" className={styles.said}>
      {note && <Saying key={note.id} note={note} />}
    </div>
  );
  // All that is outside an open dialog can be neither pressed nor heard.
  return dialog ? createPortal(list, dialog) : list;
}

function Saying({ note }: { note: Note }) {
  const [held, setHeld] = useState(false);
  const { id, words, offer } = note;
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(hush, offer ? UNDO_STAYS_MS : STAYS_MS, id);
    return () => clearTimeout(timer);
  }, [held, id, offer]);
  return (
    <div
      className={styles.note}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span className={styles.words}>{words}</span>
      {offer && (
        <button type="button" className={styles.undo} onClick={offer.act}>
          {offer.words}
        </button>
      )}
    </div>
  );
}
