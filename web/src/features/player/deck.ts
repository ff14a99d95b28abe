import { isGone } from "../../api/client";
import { isConnected, onConnection } from "../../api/connection";
import type { Track } from "../../api/types";
import type { AudioEngine, Trouble } from "./engine";
import { audio, direct, engineReadyFor, loadHlsJs, needsHlsJs } from "./engines";
import { isPlayableNow, type PlayableTrack } from "./freshness";
import { keepPlace, keepQueue, onKeptByAnother, queueAfter, type Kept } from "./kept";
import { announceTrack, installMediaSession, tellPlayback, tellPosition } from "./mediaSession";
import * as queues from "./queue";
import { playerState, progress } from "./state";
import { joinTabs } from "./tabs";
import { askFor, forgetAddresses, knownTrack } from "./tracks";
import * as warming from "./warming";

/** Plays the queue's current track in the one `<audio>`, and goes on to the next. */

/** `previous` goes to the track before only within this time; later it starts the current one again. */
const RESTART_AFTER_S = 3;
/** Waits before the next try after trouble, in ms; then a person has to press. */
const RETRY_AFTER_MS = [0, 1500, 5000];

/** A place that is being sought is without data for a moment, too. */
const DROUGHT_MS = 800;
/** How often the place is kept while it plays, for a page that is killed. */
const KEEPS_MS = 5000;

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
/** Tracks passed over without a sound: a queue of nothing but such ones must end, repeated or not. */
let passed = 0;

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
  want();
  tryPlay();
}

export function pause(): void {
  unwant();
  clearTimeout(retryTimer);
  audio.pause();
  if (playerState.get().status !== "idle") playerState.set({ status: "paused" });
}

/** As `pause`, and back to the track's start. */
export function halt(): void {
  pause();
  seek(0);
}

export function next(): void {
  const { queue, repeat } = playerState.get();
  const place = queues.following(queue, repeat);
  if (place !== null) jump(place);
}

export function previous(): void {
  const { queue, repeat } = playerState.get();
  const place = queues.preceding(queue, repeat);
  if (progress.get().positionS > RESTART_AFTER_S || place === null) seek(0);
  else jump(place);
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
  keepWhere();
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
  want();
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
      if (isGone(error)) passOver();
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
      unwant();
      playerState.set({ status: "paused", complaint: "blocked" });
    }
  });
}

/** Nothing plays, but the current track of the queue is shown, at its start. */
export function rest(): void {
  start++;
  unwant();
  clearTimeout(retryTimer);
  letGo();
  const id = queues.currentId(playerState.get().queue);
  progress.set({ positionS: 0, durationS: id ? lengthOf(knownTrack(id)) : 0 });
  playerState.set({ status: "idle", complaint: null });
  keepWhere();
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
  const { queue, repeat } = playerState.get();
  const place = queues.following(queue, repeat);
  if (place !== null && ++passed < queue.ids.length) {
    jump(place);
    return;
  }
  passed = 0;
  unwant();
  playerState.set({ status: "paused", complaint: "gone" });
}

function onTrouble(trouble: Trouble): void {
  const atS = progress.get().positionS;
  const id = queues.currentId(playerState.get().queue);
  if (!id || !wanted) {
    loaded = null;
    return;
  }
  // A refused address is most likely an expired one: new ones are asked for. Offline, asking fails at once.
  if (trouble === "refused" || tries > 0 || !isConnected()) forgetAddresses(id);
  const wait = RETRY_AFTER_MS[tries++];
  if (wait === undefined) {
    unwant();
    audio.pause();
    playerState.set({ status: "paused", complaint: "failed" });
    return;
  }
  playerState.set({ status: "loading" });
  retryTimer = setTimeout(() => open(atS), wait);
}

// ---- the element's own events

audio.addEventListener("playing", () => {
  want();
  settling = false;
  passed = 0;
  playerState.set({ status: "playing", complaint: null });
  // iOS clears the lock screen's data and handlers when a source changes: give them again.
  if (loaded) announceTrack(loaded);
  installMediaSession({ play, pause, stop: halt, next, previous, seek });
  tellPosition(audio.currentTime, durationS(), true);
  tellPlayback("playing");
});
audio.addEventListener("pause", () => {
  // Also headphones and other apps pause the element; `ended` comes with a pause of its own.
  if (audio.ended || !loaded) return;
  unwant();
  playerState.set({ status: "paused" });
  tellPlayback("paused");
  keepWhere();
});
audio.addEventListener("seeked", () => (settling = false));
audio.addEventListener("waiting", () => {
  if (!wanted) return;
  playerState.set({ status: "loading" });
  noticeDrought();
});
audio.addEventListener("timeupdate", () => {
  if (!loaded || audio.seeking || settling) return;
  progress.set({ positionS: audio.currentTime, durationS: durationS() });
  tellPosition(audio.currentTime, durationS(), false);
  if (audio.currentTime > 5 && tries > 0 && !audio.paused) tries = 0;
  if (durationS() - audio.currentTime < warming.AHEAD_S) {
    void warming.warmNext(comingId(), engineReadyFor);
  }
});
audio.addEventListener("durationchange", () => progress.set({ durationS: durationS() }));
audio.addEventListener("ended", () => {
  // Synchronously, without a turn of the event loop: a locked iPhone plays on only then.
  const { queue, repeat } = playerState.get();
  const place = queues.afterEnd(queue, repeat);
  if (place === null) {
    unwant();
    playerState.set({ status: "paused" });
    tellPlayback("paused");
  } else if (place === queue.index && isCurrentLoaded()) {
    seek(0);
    tryPlay();
  } else jump(place);
});
audio.addEventListener("error", () => {
  // hls.js tells its own troubles; an emptied element is no trouble at all.
  if (engine?.kind === "hls.js" || !audio.hasAttribute("src")) return;
  onTrouble(audio.error?.code === MediaError.MEDIA_ERR_DECODE ? "decode" : "refused");
});

/** Offline with nothing left to play: the engines would wait for the connection without a word. */
function noticeDrought(): void {
  const mine = start;
  const isDry = () => mine === start && wanted && loaded && !isConnected() && audio.readyState < audio.HAVE_FUTURE_DATA;
  setTimeout(() => isDry() && onTrouble("network"), DROUGHT_MS);
}

// What broke in the background (`MEDIA_ERR_NETWORK` on iOS) or offline goes on by itself when it can.
function comeBack(): void {
  if (document.visibilityState !== "visible" || playerState.get().complaint !== "failed") return;
  begin(progress.get().positionS);
}
document.addEventListener("visibilitychange", comeBack);
onConnection((connected) => (connected ? comeBack() : noticeDrought()));
window.addEventListener("pagehide", () => {
  if (!playerState.get().elsewhere) keepWhere();
  tabs.rest();
});
setInterval(() => playerState.get().status === "playing" && keepWhere(), KEEPS_MS);

// ---- other tabs

const tabs = joinTabs(positionNow, {
  playing(positionS) {
    if (!playerState.get().elsewhere) standBack();
    progress.set({ positionS });
  },
  resting: () => playerState.set({ elsewhere: false }),
});

/** Another tab plays: nothing of it happens here, not even by a media key. */
function standBack(): void {
  start++;
  wanted = false;
  clearTimeout(retryTimer);
  audio.pause();
  letGo();
  announceTrack(null);
  playerState.set({ status: "idle", complaint: null, elsewhere: true });
}

/** The queue is every tab's: what another has changed is so here. What sounds goes on if it is still in it. */
function adopt(kept: Kept): void {
  const { positionS } = kept;
  const queue = queueAfter(kept, playerState.get().queue);
  // Of what is not in its list, it knows no place.
  if (queue === playerState.get().queue) return;
  const id = queues.currentId(playerState.get().queue);
  if (queue.index >= 0) playerState.set({ shuffle: queue.home !== null });
  if (!wanted) {
    playerState.set({ queue });
    if (loaded && loaded.id !== queues.currentId(queue)) letGo();
    if (!loaded) progress.set({ positionS, durationS: lengthOf(knownTrack(queues.currentId(queue) ?? "")) });
    return;
  }
  const place = id === null ? null : queues.nearest(queue, id);
  playerState.set({ queue: place === null ? queue : queues.jumpTo(queue, place) });
  warming.forgetNext();
  if (queue.index < 0) stop();
  else if (place === null) begin(0);
}
onKeptByAnother(adopt);

function want(): void {
  wanted = true;
  playerState.set({ elsewhere: false });
  tabs.claim();
}

function unwant(): void {
  wanted = false;
  tabs.rest();
}

// ---- the queue's current track

function isCurrentLoaded(): boolean {
  return loaded !== null && loaded.id === queues.currentId(playerState.get().queue);
}

export function setQueue(queue: queues.Queue): void {
  const before = playerState.get().queue;
  playerState.set({ queue });
  warming.forgetNext();
  // Going from track to track does not touch the list.
  if (queue.ids !== before.ids || queue.home !== before.home) keepQueue(queue);
  keepWhere();
}

function keepWhere(): void {
  keepPlace(playerState.get().queue, progress.get().positionS);
}

/** The track that plays once this one is over. */
function comingId(): string | null {
  const { queue, repeat } = playerState.get();
  const place = queues.afterEnd(queue, repeat);
  return place === null ? null : queue.ids[place]!;
}

/** The server's count is exact; the element's is used only where the server has none. */
function durationS(): number {
  return lengthOf(loaded) || (Number.isFinite(audio.duration) ? audio.duration : 0);
}

function lengthOf(track: Track | null | undefined): number {
  return (track?.duration_ms ?? 0) / 1000;
}
