import { onlineManager } from "@tanstack/react-query";

/**
 * Whether the server can be reached, as `onlineManager` tells everybody. The browser only knows of its own cable;
 * what became of the last request is known here.
 */
const ASK_AGAIN_MS = [2_000, 5_000, 10_000, 30_000];

let asking = false;

export function watchConnection(): void {
  if (!navigator.onLine) onlineManager.setOnline(false);
}

export const isConnected = (): boolean => onlineManager.isOnline();

export const onConnection: (listener: (connected: boolean) => void) => () => void = (listener) => onlineManager.subscribe(listener);

export function noteAnswer(): void {
  onlineManager.setOnline(true);
}

/** A request got no answer at all. Asks again by itself, later and later, until one comes. */
export function noteSilence(): void {
  onlineManager.setOnline(false);
  if (!asking) void askAgain();
}

/** Asks now, and everybody hears of it. */
export async function serverAnswers(): Promise<boolean> {
  if (!navigator.onLine) {
    // A request may fail before the browser tells that its cable is gone: whoever asks must not be told otherwise.
    onlineManager.setOnline(false);
    return false;
  }
  const answer = await fetch("/healthz", { cache: "no-store" }).catch(() => null);
  if (answer?.ok) noteAnswer();
  else if (!answer) noteSilence();
  return answer?.ok === true;
}

async function askAgain(): Promise<void> {
  asking = true;
  for (let turn = 0; !isConnected(); turn++) {
    await new Promise((done) => setTimeout(done, ASK_AGAIN_MS[Math.min(turn, ASK_AGAIN_MS.length - 1)]));
    // Without a cable the browser tells when it is back; unseen, nobody waits for it.
    if (!document.hidden && !isConnected()) await serverAnswers();
  }
  asking = false;
}
