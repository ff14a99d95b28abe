export type EngineKind = "native-hls" | "hls.js" | "progressive";

/** `refused`: the address no longer holds (403, 404, 410). `network`: no answer. `decode`: bad or unknown audio. */
export type Trouble = "refused" | "network" | "decode";

/** A track's addresses; without a playlist there is still the progressive file. */
export interface Source {
  hls: string | null;
  url: string;
}

/** One way to bring a stream into the one `<audio>`. Playing, pausing and seeking stay the element's own. */
export interface AudioEngine {
  readonly kind: EngineKind;
  /** Points the element at a source, synchronously: iOS allows the next track only inside `ended` itself. */
  load(source: Source, startS: number): void;
  /** Lets go of the element, so that another engine may take it. */
  unload(): void;
  /** Brings what the next track needs for its first second into the browser's cache. */
  warm(source: Source): Promise<void>;
}

export interface Abilities {
  /** `canPlayType("application/vnd.apple.mpegurl")` is not empty. */
  nativeHls: boolean;
  managedMediaSource: boolean;
  /** Some MediaSource takes AAC in fragmented MP4: what hls.js needs. */
  mediaSource: boolean;
}

/**
 * Native HLS only where ManagedMediaSource is (Safari): Chromium answers "maybe" to HLS it then plays badly
 * (hls.js#7827). Else hls.js where MSE is, else the progressive file, which plays everywhere.
 */
export function chooseEngine(source: Source, can: Abilities): EngineKind {
  if (!source.hls) return "progressive";
  if (can.nativeHls && can.managedMediaSource) return "native-hls";
  return can.mediaSource ? "hls.js" : "progressive";
}

export function abilitiesOf(audio: HTMLAudioElement, scope: Window & typeof globalThis): Abilities {
  const source = "MediaSource" in scope ? scope.MediaSource : undefined;
  return {
    nativeHls: audio.canPlayType("application/vnd.apple.mpegurl") !== "",
    managedMediaSource: "ManagedMediaSource" in scope,
    mediaSource: source?.isTypeSupported('audio/mp4; codecs="mp4a.40.2"') ?? false,
  };
}
