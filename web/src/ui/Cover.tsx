import { useState } from "react";
import type { Cover as CoverImages, Track } from "../api/types";
import styles from "./Cover.module.css";
import { livelier } from "./poster/inks";
import { drawPoster, inksOf, type Subject } from "./poster/poster";

type Size = "small" | "medium" | "large";
const PIXELS: Record<Size, number> = { small: 96, medium: 320, large: 800 };
/** How wide a cover of each size stands in the page: the browser picks the smallest image that is sharp there. */
const SIZES: Record<Size, string> = {
  small: "48px",
  medium: "(min-width: 1100px) 340px, (min-width: 720px) 30vw, 76vw",
  large: "(min-width: 1100px) 440px, (min-width: 720px) 36vw, 92vw",
};

export interface CoverProps {
  cover: CoverImages | null;
  /** The id of what it is the cover of: a poster is drawn from it where there is no image. */
  seed: string;
  /** What else is known of it. Say the same everywhere, or it has two posters: `coverOf` does. */
  genre?: string | undefined;
  peaks?: readonly number[] | null;
  size: Size;
  /** In sight from the start: fetched at once. */
  first?: boolean;
}

/** The cover of a track or release, or a poster drawn for it. Its name stands beside it, so it has none. */
export function Cover({ cover, seed, genre, peaks, size, first = size === "large" }: CoverProps) {
  if (!cover) return <Drawn id={seed} genre={genre} peaks={peaks} />;
  return <Photo key={cover.large} {...{ cover, seed, size, first }} />;
}

type PhotoProps = Pick<CoverProps, "seed" | "size"> & { cover: CoverImages; first: boolean };

/** An image that can't be had now is its colour alone, until the connection is back. */
function Photo({ cover, seed, size, first }: PhotoProps) {
  const [isMissing, setMissing] = useState(false);
  if (isMissing) return <span data-cover={seed} className={styles.cover} style={{ backgroundColor: cover.colour }} />;
  return (
    <img
      data-cover={seed}
      className={styles.cover}
      src={cover[size]}
      srcSet={`${cover.small} 96w, ${cover.medium} 320w, ${cover.large} 800w`}
      sizes={SIZES[size]}
      width={PIXELS[size]}
      height={PIXELS[size]}
      alt=""
      loading={first ? "eager" : "lazy"}
      fetchPriority={first ? "high" : "auto"}
      decoding="async"
      onError={() => {
        setMissing(true);
        addEventListener("online", () => setMissing(false), { once: true });
      }}
      style={{ backgroundColor: cover.colour }}
    />
  );
}

/** What may tint a page's header: the cover's own colour, or the livelier ink of its poster. Never for text. */
export const tintOf = (cover: CoverImages | null, seed: string): string => cover?.colour ?? livelier(inksOf(seed));

/** The cover's part of a track's properties. */
export const coverOf = (track: Track) => ({
  cover: track.cover,
  seed: track.id,
  genre: track.genres[0]?.slug,
  peaks: track.waveform,
});

/** `data-cover` tells which cover is the same in two pages (`app/morph.ts`). */
function Drawn(subject: Subject) {
  const { paper, ink, drawing } = drawPoster(subject);
  return (
    <svg
      data-cover={subject.id}
      className={styles.cover}
      viewBox="0 0 100 100"
      preserveAspectRatio="xMidYMid slice"
      aria-hidden="true"
      focusable="false"
    >
      <path fill={paper} d="M0 0h100v100H0z" />
      <path fill={ink} fillRule="evenodd" d={drawing} />
    </svg>
  );
}
