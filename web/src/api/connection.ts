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

export function noteAnswer(): void {
  onlineManager.setOnline(true);
}

/** A request got no answer at all. Asks again by itself, later and later, until one comes. */
export function noteSilence(): void {
  onlineManager.setOnline(false);
  if (!asking) void askAgain();
}

async function askAgain(): Promise<void> {
  asking = true;
  for (let turn = 0; !onlineManager.isOnline(); turn++) {
    await new Promise((done) => setTimeout(done, ASK_AGAIN_MS[Math.min(turn, ASK_AGAIN_MS.length - 1)]));
    // Without a cable the browser tells when it is back; unseen, nobody waits for it.
    if (!navigator.onLine || document.hidden || onlineManager.isOnline()) continue;
    if (await serverAnswers()) onlineManager.setOnline(true);
  }
  asking = false;
}

/** Whether the server answers, asked just now. */
export async function serverAnswers(): Promise<boolean> {
  if (!navigator.onLine) return false;
  const answer = await fetch("/healthz", { cache: "no-store" }).catch(() => null);
  return answer?.ok ?? false;
}
