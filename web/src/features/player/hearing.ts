/**
 * How much of a track was really heard: by the time its element played, never by the position. A seek adds nothing,
 * and neither does what the element says it played faster than time went by. Positions in s, instants in ms.
 */

/** Half a minute is a play, and half of what is shorter than a minute. */
const ENOUGH_S = 30;

interface Stretch {
  fromS: number;
  fromMs: number;
  toS: number;
}

export interface Hearing {
  /** Of stretches that are over. */
  doneS: number;
  /** What sounds without a break right now. */
  stretch: Stretch | null;
  heardS: number;
}

export const NOTHING: Hearing = { doneS: 0, stretch: null, heardS: 0 };

/** It sounds, and stands at this position. */
export function sounds(before: Hearing, positionS: number, nowMs: number): Hearing {
  const { stretch } = before;
  if (!stretch || positionS < stretch.toS) {
    return { ...breaks(before), stretch: { fromS: positionS, fromMs: nowMs, toS: positionS } };
  }
  const playedS = Math.max(0, Math.min(positionS - stretch.fromS, (nowMs - stretch.fromMs) / 1000));
  return { ...before, stretch: { ...stretch, toS: positionS }, heardS: Math.max(before.heardS, before.doneS + playedS) };
}

/** Paused, sought, waiting for more, or without sound. */
export const breaks = (before: Hearing): Hearing => ({ doneS: before.heardS, stretch: null, heardS: before.heardS });

export const isEnough = (hearing: Hearing, durationS: number): boolean => hearing.heardS >= enoughS(durationS);

/** Of a track whose length is not known, half a minute. */
export const enoughS = (durationS: number): number => (durationS > 0 ? Math.min(ENOUGH_S, durationS / 2) : ENOUGH_S);
