/** One tab plays: whoever starts last. The others know it, and where it is. */

const BEAT_MS = 1000;
/** A tab that was killed never says that it rests. Timers of hidden tabs may come late. */
const SILENT_AFTER_MS = 8000;

/** `since`: when that tab began to play, which decides when two do. */
type Word = { what: "playing"; since: number; positionS: number } | { what: "resting" } | { what: "who plays?" };

export interface Listener {
  /** Another tab plays and stands there, in s: this one must not. */
  playing(positionS: number): void;
  /** No other tab plays any more. */
  resting(): void;
}

export interface Tabs {
  /** This tab plays from now on. */
  claim(): void;
  /** It no longer does. */
  rest(): void;
}

export function joinTabs(positionS: () => number, listener: Listener): Tabs {
  if (!("BroadcastChannel" in window)) return { claim() {}, rest() {} };
  const channel = new BroadcastChannel("basedmusic.player");
  const say = (word: Word) => channel.postMessage(word);
  let since: number | null = null;
  let silence: ReturnType<typeof setTimeout> | undefined;

  function tell(): void {
    if (since !== null) say({ what: "playing", since, positionS: positionS() });
  }
  channel.onmessage = ({ data: word }: MessageEvent<Word>) => {
    if (word.what === "who plays?") return tell();
    clearTimeout(silence);
    if (word.what === "resting") return listener.resting();
    // An older claim: that tab has ours to read still.
    if (since !== null && word.since < since) return;
    since = null;
    listener.playing(word.positionS);
    silence = setTimeout(listener.resting, SILENT_AFTER_MS);
  };
  setInterval(tell, BEAT_MS);
  say({ what: "who plays?" });
  return {
    claim() {
      clearTimeout(silence);
      since ??= Date.now();
      tell();
    },
    rest() {
      if (since === null) return;
      since = null;
      say({ what: "resting" });
    },
  };
}
