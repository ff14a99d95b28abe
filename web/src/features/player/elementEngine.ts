import type { AudioEngine, EngineKind, Source } from "./engine";

/** Enough for the file's header and its first seconds. */
const WARM_BYTES = 128 * 1024;

/** The browser fetches by itself: the progressive file anywhere, HLS in Safari. */
export function elementEngine(audio: HTMLAudioElement, kind: "native-hls" | "progressive"): AudioEngine {
  const addressOf = (source: Source) => (kind === "native-hls" && source.hls) || source.url;
  let cancelStart = () => {};
  return {
    kind: kind satisfies EngineKind,
    load(source, startS) {
      cancelStart();
      audio.src = addressOf(source);
      cancelStart = startS > 0 ? onceReady(audio, () => (audio.currentTime = startS)) : () => {};
    },
    unload() {
      cancelStart();
      audio.removeAttribute("src");
      audio.load();
    },
    async warm(source) {
      const headers: Record<string, string> =
        kind === "progressive" ? { Range: `bytes=0-${WARM_BYTES - 1}` } : {};
      const answer = await fetch(addressOf(source), { headers });
      await answer.arrayBuffer();
    },
  };
}

function onceReady(audio: HTMLAudioElement, then: () => void): () => void {
  audio.addEventListener("loadedmetadata", then, { once: true });
  return () => audio.removeEventListener("loadedmetadata", then);
}
