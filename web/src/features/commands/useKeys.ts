import { useEffect } from "react";
import { undoLast } from "../../ui/said";
import * as player from "../player/player";
import { playerState } from "../player/state";
import { commandFor, type Command } from "./keys";
import { showOverlay } from "../../lib/overlays";
import { singleKeys } from "../../lib/singleKeys";
import { stepThroughTracks } from "./trackSteps";

const STEP_S = 5;

/** What each command does; `false` when there was nothing to do, and the key keeps its usual meaning. */
const ACTIONS: Record<Command, () => unknown> = {
  toggle: ifAnything(player.toggle),
  next: ifAnything(player.next),
  previous: ifAnything(player.previous),
  forward: ifAnything(() => player.seekBy(STEP_S)),
  back: ifAnything(() => player.seekBy(-STEP_S)),
  mute: ifAnything(player.toggleMute),
  queue: player.showQueue,
  down: () => stepThroughTracks(1),
  up: () => stepThroughTracks(-1),
  find: () => showOverlay("find"),
  undo: undoLast,
  help: () => showOverlay("keys"),
};

function ifAnything(act: () => void): () => boolean {
  return () => {
    if (playerState.get().queue.index < 0) return false;
    act();
    return true;
  };
}

/** The page's keys, wherever the focus is but in a text. */
export function useKeys(): void {
  useEffect(() => {
    let pointed: Element | null = null;
    const onPointerDown = (event: Event) => {
      pointed = event.target instanceof Element ? event.target.closest("a, button, summary") : null;
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || (isSingle(event) && !singleKeys.get().on)) return;
      const command = commandFor({ ...pick(event), on: focusOf(event.target, pointed) });
      if (!command || ACTIONS[command]() === false) return;
      event.preventDefault();
      swallowed = event.key;
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

/** A letter or sign alone, which somebody may have turned off: speech input says them by accident (WCAG 2.1.4). */
const isSingle = ({ key, ctrlKey, metaKey }: KeyboardEvent) => key.length === 1 && key !== " " && !ctrlKey && !metaKey;

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
    inMenu: target.closest("[role=menu]") !== null,
  };
}
