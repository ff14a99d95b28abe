/** What plays and what follows, as ids only: thousands of tracks stay cheap to hold, store and change. */
export interface Queue {
  readonly ids: readonly string[];
  /** The place of the current track; -1 exactly when the queue is empty. */
  readonly index: number;
}

export const EMPTY: Queue = { ids: [], index: -1 };

export function startWith(ids: readonly string[], index = 0): Queue {
  return ids.length ? { ids, index: clamp(index, 0, ids.length - 1) } : EMPTY;
}

export function append(queue: Queue, ids: readonly string[]): Queue {
  return startWith([...queue.ids, ...ids], Math.max(queue.index, 0));
}

/** Removes one place. The current track stays current; if it is the one removed, what followed takes over. */
export function removeAt(queue: Queue, place: number): Queue {
  if (place < 0 || place >= queue.ids.length) return queue;
  const ids = queue.ids.filter((_, index) => index !== place);
  return startWith(ids, place < queue.index ? queue.index - 1 : queue.index);
}

export function jumpTo(queue: Queue, place: number): Queue {
  return place >= 0 && place < queue.ids.length ? { ...queue, index: place } : queue;
}

export const currentId = (queue: Queue): string | null => queue.ids[queue.index] ?? null;
export const nextId = (queue: Queue): string | null => queue.ids[queue.index + 1] ?? null;
export const hasNext = (queue: Queue): boolean => queue.index + 1 < queue.ids.length;
export const hasPrevious = (queue: Queue): boolean => queue.index > 0;

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
