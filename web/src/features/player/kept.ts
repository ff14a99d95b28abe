import { isStillTheirs } from "../../api/owner";
import { pack, unpack } from "./packing";
import { jumpTo, nearest, startWith, type Queue, type Repeat } from "./queue";

/**
 * What outlives a reload, and what the tabs of one browser share. A press writes its place, some eighty bytes; the
 * list is written a moment after it has changed. Storage may be off or full (private windows): then the player
 * forgets, the list first.
 */

export interface Kept {
  queue: Queue;
  positionS: number;
  /** The list found no room, or is not the place's: `queue` is the one track that played. */
  isCut?: boolean;
}

export interface Settings {
  volume: number;
  muted: boolean;
  repeat: Repeat;
  shuffle: boolean;
  /** Whether the right pane is open. */
  pane: boolean;
}

const QUEUE_KEY = "basedmusic.queue";
const PLACE_KEY = "basedmusic.place";
const SETTINGS_KEY = "basedmusic.player";
const WRITES_AFTER_MS = 400;
/** The two keys of one change come one after the other. */
const READS_AFTER_MS = 500;

/** Another tab's place changes every few seconds, its list hardly ever. */
let lastRead = { text: null as string | null, list: unpack(null) };
let unwritten: Queue | null = null;
let writing: ReturnType<typeof setTimeout> | undefined;

/** The list soon; `keepPlace` at once. */
export function keepQueue(queue: Queue): void {
  unwritten = queue;
  clearTimeout(writing);
  writing = setTimeout(writeQueue, WRITES_AFTER_MS);
}

export function keepPlace({ ids, index }: Queue, positionS: number): void {
  if (!isStillTheirs()) return;
  write(PLACE_KEY, JSON.stringify({ index, id: ids[index] ?? null, positionS: Math.round(positionS * 100) / 100 }));
}

export function keepSettings(settings: Settings): void {
  write(SETTINGS_KEY, JSON.stringify(settings));
}

export function readQueue(): Kept {
  const text = read(QUEUE_KEY);
  if (text !== lastRead.text) lastRead = { text, list: unpack(text) };
  const { list } = lastRead;
  const place = parse(read(PLACE_KEY)) as { index?: unknown; id?: unknown; positionS?: unknown } | null;
  const position = Number(place?.positionS);
  const positionS = Number.isFinite(position) && position > 0 ? position : 0;
  if (typeof place?.id !== "string") return { queue: list, positionS: 0 };
  const { ids } = list;
  const index = ids[Number(place.index)] === place.id ? Number(place.index) : ids.indexOf(place.id);
  // The list found no room: at least the track that played is there.
  if (index < 0) return { queue: startWith([place.id]), positionS, isCut: true };
  return { queue: { ...list, index }, positionS };
}

/** The queue of a tab that had `mine` and hears of what another kept: its own list, at the other's place, if theirs is missing. */
export function queueAfter({ queue, isCut = false }: Kept, mine: Queue): Queue {
  if (!isCut || mine.index < 0) return queue;
  const place = nearest(mine, queue.ids[0]!);
  return place === null ? mine : jumpTo(mine, place);
}

export function readSettings(): Settings {
  const value = parse(read(SETTINGS_KEY)) as Record<string, unknown> | null;
  const volume = typeof value?.volume === "number" ? Math.min(Math.max(value.volume, 0), 1) : 1;
  const repeat = value?.repeat === "all" || value?.repeat === "one" ? value.repeat : "off";
  const isOn = (name: string) => value?.[name] === true;
  return { volume, muted: isOn("muted"), repeat, shuffle: isOn("shuffle"), pane: isOn("pane") };
}

/** Calls with what another tab has kept, once it is all there. */
export function onKeptByAnother(listener: (kept: Kept) => void): void {
  let reading: ReturnType<typeof setTimeout> | undefined;
  window.addEventListener("storage", ({ key }) => {
    if (key !== QUEUE_KEY && key !== PLACE_KEY) return;
    // What was changed here meanwhile is the newer.
    clearTimeout(reading);
    reading = setTimeout(() => unwritten === null && listener(readQueue()), READS_AFTER_MS);
  });
}

/** Nothing more of this queue is written; `erases`: nor does it stay. */
export function forgetQueue(erases: boolean): void {
  clearTimeout(writing);
  unwritten = null;
  if (!erases) return;
  erase(QUEUE_KEY);
  erase(PLACE_KEY);
}

function writeQueue(): void {
  if (!unwritten || !isStillTheirs()) return;
  const packed = unwritten.ids.length ? pack(unwritten) : null;
  unwritten = null;
  clearTimeout(writing);
  // An old list would be taken for the new one.
  if (packed === null || !write(QUEUE_KEY, packed)) erase(QUEUE_KEY);
}
if (typeof window !== "undefined") {
  window.addEventListener("pagehide", writeQueue);
  document.addEventListener("visibilitychange", writeQueue);
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string): boolean {
  try {
    localStorage.setItem(key, value);
    return true;
  } catch {
    return false;
  }
}

function erase(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // Off: then nothing is there.
  }
}

function parse(text: string | null): unknown {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}
