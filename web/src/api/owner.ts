import { keep, readKept } from "../lib/kept";
import { signedInMark } from "./signedIn";

/**
 * For whom this page is, and whose things lie on this device. An account leaves nothing to who comes next; a guest
 * may go on as somebody with what they heard so far.
 */

/** Beside the things themselves, and changed after they are gone: a page that was killed between ends it later. */
const KEY = "basedmusic.owner";
const GUEST = "guest";

type Wipe = (erases: boolean) => void;
const wipes = new Set<Wipe>();
let here = typeof document === "undefined" ? GUEST : markNow();
let onChanged: (() => void) | null = null;

/**
 * Runs when an account leaves this page. `erases`: what it kept on the device is still there, too; otherwise another
 * window has erased it, and what lies there now is the next one's.
 */
export function alsoWipe(wipe: Wipe): void {
  wipes.add(wipe);
}

/** The page is for who is signed in now. Whether an account has left it: then `settle` once all of its things are gone. */
export function takeOver(): boolean {
  const now = markNow();
  const kept = readKept(KEY);
  const leaves = [here, kept].some((one) => one && one !== GUEST && one !== now);
  // While `here` is still who leaves, nothing of theirs is written again.
  if (leaves) for (const wipe of wipes) wipe(kept !== now);
  here = now;
  if (!leaves) settle();
  return leaves;
}

export function settle(): void {
  if (readKept(KEY) !== here) keep(KEY, here);
}

/** Another window may have signed out, or in as somebody else: then nothing may be kept or asked for any more. */
export const isStillTheirs = (): boolean => here === GUEST || here === markNow();

/** Calls when it turns out that somebody else is here. */
export function watchOwner(changed: () => void): void {
  onChanged = () => here !== markNow() && changed();
  const look = () => onChanged?.();
  window.addEventListener("focus", look);
  window.addEventListener("pageshow", look);
  window.addEventListener("storage", ({ key }) => key === KEY && look());
  document.addEventListener("visibilitychange", () => document.hidden || look());
}

/** Whether a request that changes something would be another's than who sees this page; then it begins anew. */
export function isAnothers(): boolean {
  if (isStillTheirs()) return false;
  // After the refusal has been told and what was shown ahead of it has been taken back.
  setTimeout(() => onChanged?.());
  return true;
}

function markNow(): string {
  return signedInMark() ?? GUEST;
}
