/** Paper and ink of the drawn posters: two inks each, at least 3 to 1 apart, so that a drawing reads from across a room. */
export const INKS: readonly (readonly [paper: string, ink: string])[] = [
  ["#FF4B2B", "#14110F"],
  ["#F4C542", "#1D2B64"],
  ["#F3E9DA", "#C4300F"],
  ["#1D2B64", "#FF8A5C"],
  ["#0E5A43", "#F4E04D"],
  ["#F2B5C4", "#5B1239"],
  ["#14110F", "#FBF8F3"],
  ["#5DA9E9", "#14213D"],
  ["#14110F", "#FF4B2B"],
  ["#E9DCC3", "#0E5A43"],
  ["#C4300F", "#F7E3C8"],
  ["#2A1E5C", "#F2B5C4"],
  ["#CDE3D2", "#5B1239"],
  ["#FFB000", "#4A0E2E"],
  ["#F7D9C4", "#1D2B64"],
  ["#14213D", "#F4C542"],
];

/** The one further from grey. */
export function livelier([one, other]: readonly [string, string]): string {
  return chroma(one) >= chroma(other) ? one : other;
}

const parts = (colour: string) => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255);
const chroma = (colour: string) => Math.max(...parts(colour)) - Math.min(...parts(colour));
