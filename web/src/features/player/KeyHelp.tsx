import { useEffect } from "react";
import { t, type MessageKey } from "../../lib/messages";
import { Dialog } from "../../ui/Dialog";
import { commandFor, type Command } from "./keys";
import * as player from "./player";
import styles from "./KeyHelp.module.css";
import { panels, playerState } from "./state";

const STEP_S = 5;

const ACTIONS: Record<Command, () => void> = {
  toggle: player.toggle,
  next: player.next,
  previous: player.previous,
  forward: () => player.seekBy(STEP_S),
  back: () => player.seekBy(-STEP_S),
  mute: player.toggleMute,
  queue: player.showQueue,
  help: () => panels.set({ keys: true }),
};

const LIST: readonly (readonly [string, MessageKey])[] = [
  [t("keys.spaceName"), "keys.space"],
  ["j", "keys.j"],
  ["k", "keys.k"],
  ["→", "keys.right"],
  ["←", "keys.left"],
  ["m", "keys.m"],
  ["q", "keys.q"],
  ["?", "keys.help"],
];

/** The player's keys, wherever the focus is but in a text. */
export function usePlayerKeys(): void {
  useEffect(() => {
    let pointed: Element | null = null;
    const onPointerDown = (event: Event) => {
      pointed = event.target instanceof Element ? event.target.closest("a, button, summary") : null;
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      const command = commandFor({ ...pick(event), on: focusOf(event.target, pointed) });
      if (!command) return;
      // Without anything to play the keys keep their usual meaning (space scrolls).
      if (command !== "help" && playerState.get().queue.index < 0) return;
      event.preventDefault();
      swallowed = event.key;
      ACTIONS[command]();
    };
    // Firefox presses a focused button on the way up, whatever became of the way down.
    let swallowed: string | null = null;
    const onKeyUp = (event: KeyboardEvent) => {
      if (event.key === swallowed) event.preventDefault();
      swallowed = null;
    };
    const stops = new AbortController();
    const { signal } = stops;
    document.addEventListener("pointerdown", onPointerDown, { capture: true, signal });
    document.addEventListener("keydown", onKeyDown, { signal });
    document.addEventListener("keyup", onKeyUp, { signal });
    return () => stops.abort();
  }, []);
}

export function KeyHelp({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={t("keys.title")} onClose={onClose}>
      <dl className={styles.keys}>
        {LIST.map(([key, words]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(words)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}

function pick({ key, ctrlKey, metaKey, altKey }: KeyboardEvent) {
  return { key, ctrlKey, metaKey, altKey };
}

function focusOf(target: EventTarget | null, pointed: Element | null) {
  if (!(target instanceof HTMLElement)) return { tag: "body" };
  return {
    tag: target.tagName.toLowerCase(),
    type: target instanceof HTMLInputElement ? target.type : undefined,
    editable: target.isContentEditable,
    byPointer: target === pointed,
    inDialog: target.closest("dialog") !== null,
  };
}
