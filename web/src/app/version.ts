import { isBusy, busyWhile } from "../lib/busy";
import { createStore } from "../lib/store";
import { playerState } from "../features/player/state";

/**
 * The version of the page that runs, and the one that waits. The service worker keeps a version whole; a new one
 * waits beside it until somebody takes it, or until no page of the old one is open any more.
 */
export const version = createStore<{ waits: boolean }>({ waits: false });

const PAGE_CACHES = "basedmusic-page-";
/** A page may stay open for days: how often it looks for a new version when somebody comes back to it. */
const LOOK_AGAIN_MS = 30 * 60_000;
const INSTALLS_WITHIN_MS = 20_000;
const STARTS_WITHIN_MS = 3_000;

let reloading = false;
let editing = false;

const plays = (): boolean => ["loading", "playing"].includes(playerState.get().status);
busyWhile(plays);
busyWhile(() => editing);

/** Has the browser keep this version. Without a worker (plain http, a full disk) the page works as ever, online. */
export async function keepVersion(): Promise<void> {
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  if (!workers) return;
  noteEdits();
  workers.addEventListener("controllerchange", followOtherTab);
  const registration = await workers.register("/sw.js", { updateViaCache: "none" }).catch(() => null);
  if (!registration) return;
  announceWaiting(registration);
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", () => announceWaiting(registration));
  });
  lookAgainWhenSeen(registration);
}

/**
 * Goes on with the newest version there is. `forced` also when none waits: something of the running one is missing,
 * so what is kept of it is of no use.
 */
export async function takeNewest(forced: boolean): Promise<void> {
  if (reloading) return;
  const registration = await navigator.serviceWorker?.getRegistration().catch(() => undefined);
  const waiting = registration && (registration.waiting ?? (forced ? await lookFor(registration) : null));
  if (waiting) {
    waiting.postMessage("take over");
    await until(() => waiting.state === "activated", waiting, STARTS_WITHIN_MS);
  } else if (registration && forced) {
    await forget(registration);
  }
  reload();
}

function announceWaiting(registration: ServiceWorkerRegistration): void {
  if (registration.waiting && registration.active) version.set({ waits: true });
}

function lookAgainWhenSeen(registration: ServiceWorkerRegistration): void {
  let looked = Date.now();
  document.addEventListener("visibilitychange", () => {
    if (document.hidden || Date.now() - looked < LOOK_AGAIN_MS) return;
    looked = Date.now();
    registration.update().catch(() => {}); // no connection: another time
  });
}

/** Another tab took the new version, and this one is of an old one: it follows unseen, and only if that breaks nothing. */
function followOtherTab(): void {
  version.set({ waits: true });
  const follow = () => document.hidden && !isBusy() && reload();
  document.addEventListener("visibilitychange", follow);
  follow();
}

function noteEdits(): void {
  const written = "textarea, input:not([type=range], [type=checkbox], [type=radio])";
  document.addEventListener("input", ({ target }) => {
    editing ||= target instanceof Element && target.matches(written);
  });
}

async function lookFor(registration: ServiceWorkerRegistration): Promise<ServiceWorker | null> {
  await registration.update().catch(() => {});
  const coming = registration.installing;
  if (coming) await until(() => coming.state !== "installing", coming, INSTALLS_WITHIN_MS);
  return registration.waiting;
}

async function forget(registration: ServiceWorkerRegistration): Promise<void> {
  await registration.unregister().catch(() => false);
  const names = await caches.keys().catch(() => []);
  const ours = names.filter((name) => name.startsWith(PAGE_CACHES));
  await Promise.all(ours.map((name) => caches.delete(name).catch(() => false)));
}

function until(reached: () => boolean, worker: ServiceWorker, withinMs: number): Promise<void> {
  return new Promise((done) => {
    const look = () => reached() && done();
    worker.addEventListener("statechange", look);
    setTimeout(done, withinMs);
    look();
  });
}

function reload(): void {
  if (reloading) return;
  reloading = true;
  location.reload();
}
