import { createStore } from "../../lib/store";
import type { Keepable } from "../../api/library";

/** What a guest pressed Save or Follow on, kept until they have signed in and are on the way back to `next`. */
export const waiting = createStore<{ thing: Keepable | null; next: string | null }>({ thing: null, next: null });

/** What waits for whoever signs in to go on to `next`. */
export const waitingFor = (next: string | undefined): Keepable | null => {
  const now = waiting.get();
  return now.next !== null && now.next === next ? now.thing : null;
};
