import { Link } from "@tanstack/react-router";
import type { Artist } from "../api/types";
import styles from "./Lineup.module.css";

/** Artists the way a festival's poster names them. */
export function Lineup({ artists }: { artists: readonly Artist[] }) {
  return (
    <ul className={styles.lineup}>
      {artists.map((artist) => (
        <li key={artist.id}>
          <Link to="/artists/$slug" params={{ slug: artist.slug }}>
            {artist.name}
          </Link>
        </li>
      ))}
    </ul>
  );
}
