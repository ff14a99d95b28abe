import { randomFrom, seedOf } from "../../lib/hash";
import { FAMILIES, OF_GENRE, type FamilyName } from "./families";
import { INKS } from "./inks";

/** What is known of the thing that a poster is drawn for. The same always draws the same. */
export interface Subject {
  id: string;
  /** Its first genre's slug. */
  genre?: string | undefined;
  /** 0–255. */
  peaks?: readonly number[] | null | undefined;
}

export interface Poster {
  family: FamilyName;
  /** `#rrggbb` both. */
  paper: string;
  ink: string;
  /** Path data on a square of 100, to be filled even-odd. */
  drawing: string;
}

const ALL = Object.keys(FAMILIES) as FamilyName[];
const USUAL_ENERGY = 0.45;

/** The inks alone: enough to tint a page before, or without, drawing. */
export function inksOf(id: string): readonly [paper: string, ink: string] {
  return pick(INKS, randomFrom(seedOf(id)));
}

export function drawPoster({ id, genre, peaks }: Subject): Poster {
  const random = randomFrom(seedOf(id));
  const [paper, ink] = pick(INKS, random);
  const family = pick((genre && OF_GENRE[genre]) || ALL, random);
  const levels = (count: number) => (peaks?.length ? spread(peaks, count) : invented(random, count));
  return { family, paper, ink, drawing: FAMILIES[family]({ random, levels, energy: energyOf(peaks) }) };
}

const pick = <T>(from: readonly T[], random: () => number): T => from[Math.floor(random() * from.length)]!;

/** How much of the time the music is near its loudest, 0–1. */
function energyOf(peaks: Subject["peaks"]): number {
  if (!peaks?.length) return USUAL_ENERGY;
  const top = Math.max(1, ...peaks);
  return peaks.reduce((sum, peak) => sum + peak, 0) / peaks.length / top;
}

function spread(peaks: readonly number[], count: number): number[] {
  const top = Math.max(1, ...peaks);
  return Array.from({ length: count }, (_, index) => {
    const part = peaks.slice(Math.floor((index * peaks.length) / count), Math.ceil(((index + 1) * peaks.length) / count));
    return part.reduce((sum, peak) => sum + peak, 0) / Math.max(part.length, 1) / top;
  });
}

function invented(random: () => number, count: number): number[] {
  let level = 0.3 + random() * 0.4;
  return Array.from({ length: count }, () => (level = Math.min(1, Math.max(0.06, level + (random() - 0.5) * 0.7))));
}
