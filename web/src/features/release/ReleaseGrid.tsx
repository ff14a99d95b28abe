import { Link } from "@tanstack/react-router";
import type { Release } from "../../api/types";
import { SEPARATOR, t } from "../../lib/messages";
import { Cover } from "../../ui/Cover";
import styles from "./ReleaseGrid.module.css";

/** Releases as covers on a wall. */
export function ReleaseGrid({ releases, showArtist }: { releases: readonly Release[]; showArtist: boolean }) {
  return (
    <ul className={styles.grid}>
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
