import Hls, { ErrorTypes, Events } from "hls.js/light";
import type { ErrorData } from "hls.js";
import type { AudioEngine, Source, Trouble } from "./engine";
import { firstAddresses, pickVariant } from "./playlist";

/** What we take a connection for before the first measurement, in bit/s: enough for every rendition. */
const FIRST_GUESS = 2_000_000;

/** HLS over MediaSource. This module is a chunk of its own (115 KB), fetched when the page is idle. */
export function hlsEngine(audio: HTMLAudioElement, onTrouble: (trouble: Trouble) => void): AudioEngine {
  let hls: Hls | null = null;
  let guess = FIRST_GUESS;

  function open(startS: number): Hls {
    if (hls) {
      guess = Number.isFinite(hls.bandwidthEstimate) ? hls.bandwidthEstimate : guess;
      hls.destroy();
    }
    const player = new Hls({
      // Fragments pass through as they are: a worker would only cost its start.
      enableWorker: false,
      startPosition: startS,
      abrEwmaDefaultEstimate: guess,
      testBandwidth: false,
      maxBufferLength: 30,
      backBufferLength: 60,
    });
    player.on(Events.ERROR, (_, data) => {
      if (!data.fatal) return;
      if (data.type === ErrorTypes.MEDIA_ERROR && !mended) {
        mended = true;
        player.recoverMediaError();
        return;
      }
      onTrouble(troubleOf(data));
    });
    let mended = false;
    return player;
  }

  return {
    kind: "hls.js",
    load(source, startS) {
      hls = open(startS);
      hls.attachMedia(audio);
      hls.loadSource(source.hls!);
    },
    unload() {
      hls?.destroy();
      hls = null;
    },
    async warm(source: Source) {
      const master = await textOf(source.hls!);
      const variant = pickVariant(master, source.hls!, hls?.bandwidthEstimate ?? guess);
      const media = variant ? await textOf(variant) : master;
      await Promise.all(firstAddresses(media, variant ?? source.hls!).map(drain));
    },
  };
}

function troubleOf(data: ErrorData): Trouble {
  const status = data.response?.code ?? 0;
  if ([401, 403, 404, 410].includes(status)) return "refused";
  return data.type === ErrorTypes.NETWORK_ERROR ? "network" : "decode";
}

async function textOf(address: string): Promise<string> {
  return (await fetch(address)).text();
}

async function drain(address: string): Promise<void> {
  await (await fetch(address)).arrayBuffer();
}
