/** Pieces of SVG path data on a square of 100. Paths are filled even-odd: where two forms lie over each other, the inks swap. */

export type Point = readonly [x: number, y: number];

/** A tenth of a hundredth is finer than any screen shows it, and short. */
const n = (value: number): number => Math.round(value * 10) / 10;

export const rect = (x: number, y: number, width: number, height: number): string =>
  `M${n(x)} ${n(y)}h${n(width)}v${n(height)}h${n(-width)}z`;

export const disc = (x: number, y: number, radius: number): string => {
  const [r, across] = [n(radius), n(radius * 2)];
  return `M${n(x - radius)} ${n(y)}a${r} ${r} 0 1 0 ${across} 0a${r} ${r} 0 1 0 ${-across} 0z`;
};

export const shape = (points: readonly Point[]): string =>
  `M${points.map(([x, y]) => `${n(x)} ${n(y)}`).join("L")}z`;

export const along = (x: number, y: number, angle: number, radius: number): Point => [
  x + Math.cos(angle) * radius,
  y + Math.sin(angle) * radius,
];

/** A quarter of a disc in the box at x, y, its centre in the corner that `turn` (0–3) names. */
export function quarter(x: number, y: number, size: number, turn: number): string {
  const [s, X, Y] = [n(size), n(x), n(y)];
  const [right, low] = [n(x + size), n(y + size)];
  switch (turn) {
    case 0:
      return `M${X} ${Y}h${s}a${s} ${s} 0 0 1 ${-s} ${s}z`;
    case 1:
      return `M${right} ${Y}v${s}a${s} ${s} 0 0 1 ${-s} ${-s}z`;
    case 2:
      return `M${right} ${low}h${-s}a${s} ${s} 0 0 1 ${s} ${-s}z`;
    default:
      return `M${X} ${low}v${-s}a${s} ${s} 0 0 1 ${s} ${s}z`;
  }
}

export const range = <T>(count: number, each: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => each(index));
