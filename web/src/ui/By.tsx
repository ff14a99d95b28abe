import { Link } from "@tanstack/react-router";
import type { Track } from "../api/types";
import { t } from "../lib/messages";
import styles from "./By.module.css";

/** Whose it is, under the title of a page. */
export function By({ artist }: { artist: Track["artist"] }) {
  return (
    <p className={styles.by}>
      {t("track.by")}{" "}
      <Link to="/artists/$slug" params={{ slug: artist.slug }}>
        {artist.name}
      </Link>
    </p>
  );
}
