import { createStore } from "./store";

/** What lies over the page at somebody's wish: the finder, or the list of keys. */
export type Overlay = "find" | "keys";

export const overlays = createStore<{ shown: Overlay | null }>({ shown: null });

export const showOverlay = (shown: Overlay | null) => overlays.set({ shown });
