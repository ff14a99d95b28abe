import { Link } from "@tanstack/react-router";
import type { Release } from "../api/types";
import { SEPARATOR, t } from "../lib/messages";
import { Cover } from "./Cover";
import styles from "./ReleaseGrid.module.css";

interface ReleaseGridProps {
  releases: readonly Release[];
  showArtist: boolean;
  /** A few, in one row that slides on a phone. */
  shelf?: boolean;
}

/** Releases as covers on a wall. */
export function ReleaseGrid({ releases, showArtist, shelf = false }: ReleaseGridProps) {
  return (
    <ul className={shelf ? `${styles.grid} ${styles.shelf}` : styles.grid}>
      {releases.map((release) => (
        <li key={release.id}>
          <Link to="/releases/$id" params={{ id: release.id }} className={styles.card}>
            <Cover cover={release.cover} seed={release.id} size="medium" />
            <span className={styles.title}>{release.title}</span>
            {showArtist && <span className={styles.line}>{release.artist.name}</span>}
            <span className={styles.line}>
              {[t(`kind.${release.kind}`), yearOf(release)].filter(Boolean).join(SEPARATOR)}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

export function yearOf(release: Release): string | null {
  return release.released_on?.slice(0, 4) ?? null;
}
