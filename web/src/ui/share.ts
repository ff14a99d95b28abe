import type { Track } from "../api/types";
import { t } from "../lib/messages";
import { say } from "./said";

export interface Shared {
  title: string;
  /** A path of this site, or a whole address. */
  url: string;
}

/** A track's address to send on; with `seconds`, it begins there. */
export function linkTo(track: Track, seconds = 0): Shared {
  const title = t("share.title", { title: track.title, artist: track.artist.name });
  return { title, url: `/tracks/${track.id}${seconds >= 1 ? `?t=${Math.floor(seconds)}` : ""}` };
}

/** The device's own way to share where there is one, else the link on the clipboard, with a word about it. */
export async function share({ title, url }: Shared): Promise<void> {
  const address = new URL(url, location.href).href;
  if (typeof navigator.share === "function") {
    try {
      await navigator.share({ title, url: address });
      return;
    } catch (error) {
      // Thought better of it.
      if (error instanceof DOMException && error.name === "AbortError") return;
    }
  }
  say((await copy(address)) ? t("share.copied") : t("share.here", { address }));
}

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyTheOldWay(text);
  }
}

/** Plain http beyond localhost has no clipboard of its own; a selection can still be copied there. */
function copyTheOldWay(text: string): boolean {
  const field = document.createElement("textarea");
  field.value = text;
  field.readOnly = true;
  field.style.position = "fixed";
  field.style.opacity = "0";
  const before = document.activeElement;
  // Beside what has the focus: outside an open dialog nothing can be selected.
  (before?.parentElement ?? document.body).append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  return done;
}
