import type { Stream } from "../../api/types";
import { abilitiesOf, chooseEngine, type AudioEngine, type Trouble } from "./engine";
import { elementEngine } from "./elementEngine";

/** The one `<audio>` of the page, for its whole life; no AudioContext in its path (iOS would suspend it). */
export const audio = new Audio();
audio.preload = "auto";

const can = abilitiesOf(audio, window);
export const direct = {
  progressive: elementEngine(audio, "progressive"),
  "native-hls": elementEngine(audio, "native-hls"),
};
let hlsJs: Promise<AudioEngine> | null = null;
let hlsJsReady: AudioEngine | null = null;

/** The engine a stream needs, if it can begin in this very turn. */
export function engineReadyFor(stream: Stream): AudioEngine | null {
  const kind = chooseEngine(stream, can);
  return kind === "hls.js" ? hlsJsReady : direct[kind];
}

/** The only engine that has to be fetched; its troubles are told to the first who asked for it. */
export function loadHlsJs(onTrouble: (trouble: Trouble) => void): Promise<AudioEngine> {
  hlsJs ??= import("./hlsEngine").then(
    ({ hlsEngine }) => (hlsJsReady = hlsEngine(audio, onTrouble)),
    (error: unknown) => {
      hlsJs = null;
      throw error;
    },
  );
  return hlsJs;
}

export const needsHlsJs = (): boolean => chooseEngine({ hls: "any", url: "" }, can) === "hls.js";
