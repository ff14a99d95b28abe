import { keep, readKept } from "./kept";
import { createStore } from "./store";

const KEY = "basedmusic.singleKeys";

/** Whether letters alone are commands; kept on this device. */
export const singleKeys = createStore({ on: readKept(KEY) !== "off" });

export function setSingleKeys(on: boolean): void {
  keep(KEY, on ? null : "off");
  singleKeys.set({ on });
}
