import { ApiError } from "../../api/client";
import type { Track } from "../../api/types";
import type { AudioEngine, Trouble } from "./engine";
import { audio, direct, engineReadyFor, loadHlsJs, needsHlsJs } from "./engines";
import { isPlayableNow, type PlayableTrack } from "./freshness";
import { announceTrack, installMediaSession, tellPosition } from "./mediaSession";
import * as queues from "./queue";
import { keepPlace, keepQueue, playerState, progress } from "./state";
import { askFor, forgetAddresses, knownTrack } from "./tracks";
import * as warming from "./warming";

/** Plays the queue's current track in the one `<audio>`, and goes on to the next. */

/** `previous` goes to the track before only within this time; later it starts the current one again. */
const RESTART_AFTER_S = 3;
/** Waits before the next try after trouble, in ms; then a person has to press. */
const RETRY_AFTER_MS = [0, 1500, 5000];

/** A place that is being sought is without data for a moment, too. */
const DROUGHT_MS = 800;

let engine: AudioEngine | null = null;
/** The track in the element; null after a reload of the page or when nothing could be loaded. */
let loaded: PlayableTrack | null = null;
/** Counts starts: an answer that comes after a newer start is dropped. */
let start = 0;
let tries = 0;
let retryTimer: ReturnType<typeof setTimeout> | undefined;
/** What the person wants, whatever the element is doing about it. */
let wanted = false;
/** From a load until the element stands at the asked start: its own clock still says something else. */
let settling = false;

// ---- what a person asks for

export function toggle(): void {
  if (wanted) pause();
  else play();
}

export function play(): void {
  const id = queues.currentId(playerState.get().queue);
  if (!id) return;
  if (!isCurrentLoaded() || playerState.get().complaint === "failed") {
    tries = 0;
    begin(progress.get().positionS);
    return;
  }
  wanted = true;
  tryPlay();
}

export function pause(): void {
  wanted = false;
  clearTimeout(retryTimer);
  audio.pause();
  if (playerState.get().status !== "idle") playerState.set({ status: "paused" });
}

export function next(): void {
  const { queue } = playerState.get();
  if (queues.hasNext(queue)) jump(queue.index + 1);
}

export function previous(): void {
  const { queue } = playerState.get();
  if (progress.get().positionS > RESTART_AFTER_S || !queues.hasPrevious(queue)) seek(0);
  else jump(queue.index - 1);
}

export function jump(place: number): void {
  setQueue(queues.jumpTo(playerState.get().queue, place));
  begin(0);
}

export function seek(toS: number): void {
  const end = durationS();
  const positionS = Math.max(0, end ? Math.min(toS, end) : toS);
  progress.set({ positionS });
  if (isCurrentLoaded()) {
    if (settling && engine && loaded) loadWith(engine, loaded, positionS);
    else audio.currentTime = positionS;
  }
  keepPlace();
  tellPosition(positionS, end, true);
}

/** From where the sound is; while it is being moved, from where it is moved to. What is shown lags a quarter second. */
export function seekBy(byS: number): void {
  const moving = settling || audio.seeking || !isCurrentLoaded();
  seek((moving ? progress.get().positionS : audio.currentTime) + byS);
}

/** The position right now, finer than `progress`: for drawing. Seconds. */
export function positionNow(): number {
  return isCurrentLoaded() && !settling && !audio.seeking ? audio.currentTime : progress.get().positionS;
}

/** Fetches hls.js ahead of the first press, where it will be needed. */
export function prepareEngine(): void {
  if (needsHlsJs()) void loadHlsJs(onTrouble).catch(() => {});
}

// ---- bringing a track to sound

/** From the start of the queue's current track, or `atS` seconds in. */
export function begin(atS: number): void {
  wanted = true;
  tries = 0;
  open(atS);
}

/** Loads the current track: at once if its addresses are known and hold, else after asking for them. */
function open(atS: number): void {
  const id = queues.currentId(playerState.get().queue);
  if (!id) return;
  const mine = ++start;
  clearTimeout(retryTimer);
  playerState.set({ status: "loading", complaint: null });
  progress.set({ positionS: atS, durationS: lengthOf(knownTrack(id)) });
  const known = knownTrack(id);
  if (isPlayableNow(known, Date.now())) {
    load(known, atS, mine);
    return;
  }
  letGo();
  askFor(id).then(
    (track) => mine === start && (track ? load(track, atS, mine) : passOver()),
    (error: unknown) => {
      if (mine !== start) return;
      if (error instanceof ApiError && error.status >= 400 && error.status < 500) passOver();
      else onTrouble("network");
    },
  );
}

function load(track: PlayableTrack, atS: number, mine: number): void {
  const chosen = engineReadyFor(track.stream);
  if (chosen) {
    loadWith(chosen, track, atS);
    return;
  }
  loadHlsJs(onTrouble)
    // The chunk did not arrive: the progressive file needs nothing but the browser.
    .catch(() => direct.progressive)
    .then((late) => mine === start && loadWith(late, track, atS));
}

function loadWith(chosen: AudioEngine, track: PlayableTrack, atS: number): void {
  if (engine && engine !== chosen) engine.unload();
  engine = chosen;
  loaded = track;
  warming.forgetNext();
  settling = true;
  progress.set({ positionS: atS, durationS: lengthOf(track) });
  chosen.load(track.stream, atS);
  if (wanted) tryPlay();
  else playerState.set({ status: "paused" });
}

function tryPlay(): void {
  playerState.set({ status: "loading", complaint: null });
  audio.play().catch((error: unknown) => {
    // AbortError: a newer load took over. The rest is told by the element's `error` event or the engine.
    if (error instanceof DOMException && error.name === "NotAllowedError") {
      wanted = false;
      playerState.set({ status: "paused", complaint: "blocked" });
    }
  });
}

/** Nothing plays, but the current track of the queue is shown, at its start. */
export function rest(): void {
  start++;
  wanted = false;
  letGo();
  const id = queues.currentId(playerState.get().queue);
  progress.set({ positionS: 0, durationS: id ? lengthOf(knownTrack(id)) : 0 });
  playerState.set({ status: "idle", complaint: null });
  keepPlace();
}

/** Whether a press of play is still in force, with or without sound yet. */
export const isWanted = (): boolean => wanted;

function letGo(): void {
  engine?.unload();
  engine = null;
  loaded = null;
  settling = false;
}

export function stop(): void {
  rest();
  announceTrack(null);
}

/** The track can't be played at all: go on with the next one, or say so at the end of the queue. */
function passOver(): void {
  if (queues.hasNext(playerState.get().queue)) next();
  else {
    wanted = false;
    playerState.set({ status: "paused", complaint: "gone" });
  }
}

function onTrouble(trouble: Trouble): void {
  const atS = progress.get().positionS;
  const id = queues.currentId(playerState.get().queue);
  if (!id || !wanted) {
    loaded = null;
    return;
  }
  // A refused address is most likely an expired one: new ones are asked for. Offline, asking fails at once.
  if (trouble === "refused" || tries > 0 || !navigator.onLine) forgetAddresses(id);
  const wait = RETRY_AFTER_MS[tries++];
  if (wait === undefined) {
    wanted = false;
    audio.pause();
    playerState.set({ status: "paused", complaint: "failed" });
    return;
  }
  playerState.set({ status: "loading" });
  retryTimer = setTimeout(() => open(atS), wait);
}

// ---- the element's own events

audio.addEventListener("playing", () => {
  wanted = true;
  settling = false;
  playerState.set({ status: "playing", complaint: null });
  // iOS clears the lock screen's data and handlers when a source changes: give them again.
  if (loaded) announceTrack(loaded);
  installMediaSession({ play, pause, next, previous, seek });
  tellPosition(audio.currentTime, durationS(), true);
  otherTabs?.postMessage("playing");
});
audio.addEventListener("pause", () => {
  // Also headphones and other apps pause the element; `ended` comes with a pause of its own.
  if (audio.ended || !loaded) return;
  wanted = false;
  playerState.set({ status: "paused" });
  keepPlace();
});
audio.addEventListener("seeked", () => (settling = false));
audio.addEventListener("waiting", () => {
  if (!wanted) return;
  playerState.set({ status: "loading" });
  noticeDrought();
});
window.addEventListener("offline", noticeDrought);
audio.addEventListener("timeupdate", () => {
  if (!loaded || audio.seeking || settling) return;
  progress.set({ positionS: audio.currentTime, durationS: durationS() });
  tellPosition(audio.currentTime, durationS(), false);
  if (audio.currentTime > 5 && tries > 0 && !audio.paused) tries = 0;
  if (durationS() - audio.currentTime < warming.AHEAD_S) {
    void warming.warmNext(queues.nextId(playerState.get().queue), engineReadyFor);
  }
});
audio.addEventListener("durationchange", () => progress.set({ durationS: durationS() }));
audio.addEventListener("ended", () => {
  // Synchronously, without a turn of the event loop: a locked iPhone plays on only then.
  if (queues.hasNext(playerState.get().queue)) next();
  else {
    wanted = false;
    playerState.set({ status: "paused" });
  }
});
audio.addEventListener("error", () => {
  // hls.js tells its own troubles; an emptied element is no trouble at all.
  if (engine?.kind === "hls.js" || !audio.hasAttribute("src")) return;
  onTrouble(audio.error?.code === MediaError.MEDIA_ERR_DECODE ? "decode" : "refused");
});

/** Offline with nothing left to play: the engines would wait for the connection without a word. */
function noticeDrought(): void {
  const mine = start;
  const isDry = () => mine === start && wanted && loaded && !navigator.onLine && audio.readyState < audio.HAVE_FUTURE_DATA;
  setTimeout(() => isDry() && onTrouble("network"), DROUGHT_MS);
}

// What broke in the background (`MEDIA_ERR_NETWORK` on iOS) or offline goes on by itself when it can.
function comeBack(): void {
  if (document.visibilityState !== "visible" || playerState.get().complaint !== "failed") return;
  begin(progress.get().positionS);
}
document.addEventListener("visibilitychange", comeBack);
window.addEventListener("online", comeBack);
window.addEventListener("pagehide", keepPlace);
setInterval(() => playerState.get().status === "playing" && keepPlace(), 5000);

// One tab plays: whoever starts last.
const otherTabs = "BroadcastChannel" in window ? new BroadcastChannel("basedmusic.player") : null;
if (otherTabs) otherTabs.onmessage = () => pause();

function isCurrentLoaded(): boolean {
  return loaded !== null && loaded.id === queues.currentId(playerState.get().queue);
}

export function setQueue(queue: queues.Queue): void {
  playerState.set({ queue });
  keepQueue();
}

/** The server's count is exact; the element's is used only where the server has none. */
function durationS(): number {
  return lengthOf(loaded) || (Number.isFinite(audio.duration) ? audio.duration : 0);
}

function lengthOf(track: Track | null | undefined): number {
  return (track?.duration_ms ?? 0) / 1000;
}
