/** What plays and what follows, as ids only: thousands of tracks stay cheap to hold, store and change. */
export interface Queue {
  /** In the order in which they play. */
  readonly ids: readonly string[];
  /** The place of the current track; -1 exactly when the queue is empty. */
  readonly index: number;
  /** While shuffled: where each track stands in the order that was before. A permutation of all places. */
  readonly home: readonly number[] | null;
}

export type Repeat = "off" | "all" | "one";

/** A track that was taken out, and what it takes to put it back. */
export interface Removed {
  readonly id: string;
  readonly place: number;
  readonly home: number;
}

export const EMPTY: Queue = { ids: [], index: -1, home: null };

export function startWith(ids: readonly string[], index = 0): Queue {
  return ids.length ? { ids, index: clamp(index, 0, ids.length - 1), home: null } : EMPTY;
}

export function append(queue: Queue, ids: readonly string[]): Queue {
  return insertAt(queue, queue.ids.length, ids, queue.ids.length);
}

/** Right after the current track, in both orders. */
export function insertNext(queue: Queue, ids: readonly string[]): Queue {
  const after = queue.home ? (queue.home[queue.index] ?? -1) : queue.index;
  return insertAt(queue, queue.index + 1, ids, after + 1);
}

/** Puts back what `removedAt` told of; where the queue has changed since, as near as can be. */
export function putBack(queue: Queue, { id, place, home }: Removed): Queue {
  return insertAt(queue, clamp(place, 0, queue.ids.length), [id], clamp(home, 0, queue.ids.length));
}

export function removedAt(queue: Queue, place: number): Removed | null {
  const id = queue.ids[place];
  return id === undefined ? null : { id, place, home: queue.home?.[place] ?? place };
}

/** Removes one place. The current track stays current; if it is the one removed, what followed takes over. */
export function removeAt(queue: Queue, place: number): Queue {
  if (queue.ids[place] === undefined) return queue;
  const ids = queue.ids.toSpliced(place, 1);
  if (!ids.length) return EMPTY;
  const gone = queue.home?.[place] ?? 0;
  const home = queue.home?.toSpliced(place, 1).map((one) => (one > gone ? one - 1 : one)) ?? null;
  const index = place < queue.index ? queue.index - 1 : queue.index;
  return { ids, index: Math.min(index, ids.length - 1), home };
}

/** Takes one track to another place of the playing order. Whatever is current stays current. */
export function move(queue: Queue, from: number, to: number): Queue {
  const id = queue.ids[from];
  if (id === undefined || queue.ids[to] === undefined || from === to) return queue;
  const { index, home } = queue;
  const moved = (list: readonly string[]) => list.toSpliced(from, 1).toSpliced(to, 0, id);
  let now = index;
  if (index === from) now = to;
  else if (from < index && to >= index) now = index - 1;
  else if (from > index && to <= index) now = index + 1;
  return {
    ids: moved(queue.ids),
    index: now,
    home: home && home.toSpliced(from, 1).toSpliced(to, 0, home[from]!),
  };
}

/** The current track first, then all others in an order that `random` decides. */
export function shuffle(queue: Queue, random: () => number): Queue {
  if (queue.home || queue.index < 0) return queue;
  const rest = queue.ids.map((_, place) => place).toSpliced(queue.index, 1);
  for (let last = rest.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [rest[last], rest[other]] = [rest[other]!, rest[last]!];
  }
  const home = [queue.index, ...rest];
  return { ids: home.map((place) => queue.ids[place]!), index: 0, home };
}

/** The order that was before, with all that was added and without what was removed since. */
export function unshuffle(queue: Queue): Queue {
  const { ids, index, home } = queue;
  if (!home) return queue;
  const before: string[] = [];
  home.forEach((place, now) => (before[place] = ids[now]!));
  return { ids: before, index: home[index]!, home: null };
}

export function jumpTo(queue: Queue, place: number): Queue {
  return queue.ids[place] === undefined ? queue : { ...queue, index: place };
}

/** The place that a press of "next" leads to, or null at the end. Repeating one track is not what it asks for. */
export function following({ ids, index }: Queue, repeat: Repeat): number | null {
  if (index + 1 < ids.length) return index + 1;
  return repeat === "off" || index < 0 ? null : 0;
}

/** The place that plays once the current track is over. */
export function afterEnd(queue: Queue, repeat: Repeat): number | null {
  return repeat === "one" && queue.index >= 0 ? queue.index : following(queue, repeat);
}

/** The place that a press of "previous" leads to, or null at the start. */
export function preceding({ ids, index }: Queue, repeat: Repeat): number | null {
  if (index > 0) return index - 1;
  return repeat === "off" || index < 0 ? null : ids.length - 1;
}

/** The place of a track, the nearest to the current one if there are several; null if it is not there. */
export function nearest({ ids, index }: Queue, id: string): number | null {
  const [before, after] = [ids.lastIndexOf(id, index), ids.indexOf(id, Math.max(index, 0))];
  if (before < 0 || after < 0) return Math.max(before, after) < 0 ? null : Math.max(before, after);
  return index - before < after - index ? before : after;
}

export const currentId = (queue: Queue): string | null => queue.ids[queue.index] ?? null;

function insertAt(queue: Queue, place: number, added: readonly string[], homeOfFirst: number): Queue {
  if (!added.length) return queue;
  const homes = added.map((_, offset) => homeOfFirst + offset);
  const shifted = queue.home?.map((one) => (one >= homeOfFirst ? one + added.length : one));
  return {
    ids: withAt(queue.ids, place, added),
    index: queue.index >= place ? queue.index + added.length : Math.max(queue.index, 0),
    home: shifted ? withAt(shifted, place, homes) : null,
  };
}

/** `toSpliced` takes what it adds as arguments, of which there may be too many. */
function withAt<T>(list: readonly T[], place: number, added: readonly T[]): readonly T[] {
  return [...list.slice(0, place), ...added, ...list.slice(place)];
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
