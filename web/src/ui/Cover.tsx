import type { ReactNode } from "react";
import type { Cover as CoverImages } from "../api/types";
import { randomFrom, seedOf } from "../lib/hash";
import styles from "./Cover.module.css";

type Size = "small" | "medium" | "large";
const PIXELS: Record<Size, number> = { small: 96, medium: 320, large: 800 };

/** Paper and ink of the drawn posters. */
const INKS: readonly (readonly [string, string])[] = [
  ["#FF4B2B", "#14110F"],
  ["#F4C542", "#1D2B64"],
  ["#F3E9DA", "#C4300F"],
  ["#1D2B64", "#FF8A5C"],
  ["#0E5A43", "#F4E04D"],
  ["#F2B5C4", "#5B1239"],
  ["#14110F", "#FBF8F3"],
  ["#5DA9E9", "#14213D"],
];

/** The cover of a track or release, or a poster drawn from `seed`. Its name stands beside it, so it has none. */
export function Cover({ cover, seed, size }: { cover: CoverImages | null; seed: string; size: Size }) {
  if (!cover) return <Drawn seed={seed} />;
  const set = `${cover.small} 96w, ${cover.medium} 320w, ${cover.large} 800w`;
  return (
    <img
      className={styles.cover}
      src={cover[size]}
      srcSet={size === "small" ? undefined : set}
      sizes={size === "large" ? "(min-width: 720px) 480px, 100vw" : "320px"}
      width={PIXELS[size]}
      height={PIXELS[size]}
      alt=""
      loading={size === "large" ? "eager" : "lazy"}
      decoding="async"
      style={{ backgroundColor: cover.colour }}
    />
  );
}

function Drawn({ seed }: { seed: string }) {
  const random = randomFrom(seedOf(seed));
  const [paper, ink] = INKS[Math.floor(random() * INKS.length)]!;
  const motif = MOTIFS[Math.floor(random() * MOTIFS.length)]!;
  return (
    <svg className={styles.cover} viewBox="0 0 100 100" aria-hidden="true" focusable="false">
      <rect width="100" height="100" fill={paper} />
      <g fill={ink}>{motif(random, ink)}</g>
    </svg>
  );
}

type Motif = (random: () => number, ink: string) => ReactNode;

const bars: Motif = (random) =>
  Array.from({ length: 9 }, (_, index) => {
    const height = 12 + random() * 76;
    return <rect key={index} x={6 + index * 10} y={50 - height / 2} width="7" height={height} />;
  });

const arcs: Motif = (random, ink) =>
  Array.from({ length: 16 }, (_, index) => {
    const [x, y, turn] = [(index % 4) * 25, Math.floor(index / 4) * 25, Math.floor(random() * 4) * 90];
    if (random() < 0.2) return null;
    return (
      <path
        key={index}
        d={`M${x} ${y}h25a25 25 0 0 1-25 25z`}
        transform={`rotate(${turn} ${x + 12.5} ${y + 12.5})`}
        // Closes the hairline that rounding leaves between neighbours.
        stroke={ink}
        strokeWidth="0.3"
      />
    );
  });

const rings: Motif = (random, ink) => {
  const [x, y] = [20 + random() * 60, 20 + random() * 60];
  return Array.from({ length: 7 }, (_, index) => (
    <circle key={index} cx={x} cy={y} r={6 + index * 13} fill="none" stroke={ink} strokeWidth="6" />
  ));
};

const moon: Motif = (random) => {
  const [x, radius, horizon] = [30 + random() * 40, 18 + random() * 18, 50 + random() * 20];
  return (
    <>
      <circle cx={x} cy={horizon - 8} r={radius} />
      {Array.from({ length: 6 }, (_, index) => (
        <rect key={index} x="0" y={horizon + index * 8} width="100" height={1.5 + index * 1.1} />
      ))}
    </>
  );
};

const slants: Motif = (random) => {
  const [step, lean] = [10 + random() * 8, 20 + random() * 50];
  return Array.from({ length: 12 }, (_, index) => {
    const x = -lean + index * step * 1.6;
    return <path key={index} d={`M${x} 100 L${x + lean} 0 h${step * 0.7} L${x + step * 0.7} 100z`} />;
  });
};

const MOTIFS: readonly Motif[] = [bars, arcs, rings, moon, slants];
