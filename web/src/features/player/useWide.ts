import { useSyncExternalStore } from "react";
import { WIDE } from "./settings";

const query = matchMedia(WIDE);

function subscribe(listener: () => void): () => void {
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}

/** Whether the window has room for a pane beside the page. */
export function useWide(): boolean {
  return useSyncExternalStore(subscribe, () => query.matches);
}
