import { alsoWipe, isStillTheirs } from "../../api/owner";
import { seemsSignedIn } from "../../api/signedIn";
import { createStore } from "../../lib/store";
import { currentId } from "../player/queue";
import { playerState } from "../player/state";

const KEY = "basedmusic.lately";
const KEPT = 60;

/** What a guest played on this device, the latest first. It never leaves the device; an account has its history. */
export const lately = createStore<{ ids: readonly string[] }>({ ids: [] });

/** Keeps track of what sounds, from now on. */
export function rememberWhatPlays(): void {
  lately.set({ ids: read() });
  let last: string | null = null;
  playerState.subscribe(() => {
    const { status, queue } = playerState.get();
    const id = currentId(queue);
    if (status !== "playing" || id === null || id === last || !isStillTheirs() || seemsSignedIn()) return;
    last = id;
    put([id, ...lately.get().ids.filter((one) => one !== id)]);
  });
  alsoWipe((erases) => void (erases && clearLately()));
  // Another tab played something.
  window.addEventListener("storage", (event) => event.key === KEY && lately.set({ ids: read() }));
}

/** Empties the list; what is returned puts it back. */
export function clearLately(): () => void {
  const { ids } = lately.get();
  put([]);
  return () => put(ids);
}

function put(ids: readonly string[]): void {
  const kept = ids.slice(0, KEPT);
  lately.set({ ids: kept });
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // Full or forbidden: it is kept for as long as the page is open.
  }
}

/** Whole tracks stood here once; of those the id is left. */
function read(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    if (!Array.isArray(kept)) return [];
    return kept.map((one: string | { id?: unknown } | null) => (typeof one === "string" ? one : one?.id)).filter((id) => typeof id === "string");
  } catch {
    return [];
  }
}
