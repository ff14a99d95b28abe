import type { Stream } from "../../api/types";
import { late } from "../../lib/late";
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
let tell: ((trouble: Trouble) => void) | null = null;
/** The only engine that has to be fetched. */
const hlsJs = late(async () => (await import("./hlsEngine")).hlsEngine(audio, (trouble) => tell?.(trouble)));

/** The engine a stream needs, if it can begin in this very turn. */
export function engineReadyFor(stream: Stream): AudioEngine | null {
  const kind = chooseEngine(stream, can);
  return kind === "hls.js" ? hlsJs.ready() : direct[kind];
}

/** Its troubles are told to the first who asked for it. */
export function loadHlsJs(onTrouble: (trouble: Trouble) => void): Promise<AudioEngine> {
  tell ??= onTrouble;
  return hlsJs.fetch();
}

export const needsHlsJs = (): boolean => chooseEngine({ hls: "any", url: "" }, can) === "hls.js";
