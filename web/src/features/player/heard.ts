import { audio } from "./engines";
import { breaks, isEnough, NOTHING, sounds } from "./hearing";
import { currentId } from "./queue";
import { playerState, progress } from "./state";

/** Tells what was really heard, once per play, as soon as it was. */

type Listener = (trackId: string) => void;

let hearing = NOTHING;
let trackId: string | null = null;
let isTold = false;
/** Ten seconds to judge by are no play. */
let isSample = false;

/** A sample plays from now on, or none any more. */
export function sampling(now: boolean): void {
  isSample = now;
  anew();
}

export function onHeard(tell: Listener): void {
  const stop = () => (hearing = breaks(hearing));
  for (const type of ["pause", "seeking", "waiting", "emptied", "stalled"] as const) audio.addEventListener(type, stop);
  // Played again, it is another play.
  audio.addEventListener("ended", anew);
  audio.addEventListener("timeupdate", () => {
    const id = currentId(playerState.get().queue);
    if (id !== trackId) {
      anew();
      trackId = id;
    }
    const isHeard = !audio.paused && !audio.seeking && !audio.muted && audio.volume > 0 && playerState.get().status === "playing";
    hearing = isHeard ? sounds(hearing, audio.currentTime, performance.now()) : breaks(hearing);
    if (isTold || isSample || id === null || !isEnough(hearing, progress.get().durationS)) return;
    isTold = true;
    tell(id);
  });
}

function anew(): void {
  hearing = NOTHING;
  isTold = false;
}
