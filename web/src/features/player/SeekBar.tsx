import type { Track } from "../../api/types";
import { useStore } from "../../lib/store";
import { Waveform } from "../../ui/Waveform";
import * as player from "./player";
import { playerState, progress } from "./state";

/** The waveform of what plays, to scrub. */
export function SeekBar({ track }: { track: Track }) {
  const positionS = useStore(progress, (now) => now.positionS);
  const durationS = useStore(progress, (now) => now.durationS) || (track.duration_ms ?? 0) / 1000;
  const running = useStore(playerState, (now) => now.status === "playing");
  return (
    <Waveform
      peaks={track.waveform}
      position={player.positionNow}
      positionS={positionS}
      durationS={durationS}
      running={running}
      onSeek={player.seek}
    />
  );
}
