import { useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { genresQuery } from "../../api/queries";
import type { CountedGenre } from "../../api/types";
import { SEPARATOR, t, tn } from "../../lib/messages";
import { Empty } from "../../ui/Empty";
import { Heading } from "../../ui/Heading";
import { Section } from "../../ui/Section";
import { buttonClass } from "../../ui/controls";
import "./words";
import { GenreLinks } from "../../ui/GenreLinks";
import styles from "./GenresPage.module.css";

/** What is played here, each name as large as on a record shop's divider; the most played first. */
export function GenresPage() {
  const { data } = useSuspenseQuery(genresQuery);
  const heard = data.items
    .filter((genre) => genre.track_count > 0)
    .toSorted((one, other) => other.track_count - one.track_count || one.name.localeCompare(other.name));
  const silent = data.items.filter((genre) => genre.track_count === 0);
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <Heading loud title={t("genres.title")} />
        <p className="lead">{t("genres.lead")}</p>
      </header>
      {heard.length ? (
        <ul className={styles.genres}>
          {heard.map((genre) => (
            <Divider key={genre.slug} genre={genre} />
          ))}
        </ul>
      ) : (
        <Empty
          title={t("genres.emptyTitle")}
          action={
            <Link to="/" className={buttonClass("hot")}>
              {t("genres.home")}
            </Link>
          }
        >
          {t("genres.empty")}
        </Empty>
      )}
      {heard.length > 0 && silent.length > 0 && (
        <Section title={t("genres.silent")}>
          <p className={styles.silent}>
            <GenreLinks genres={silent} />
          </p>
        </Section>
      )}
    </div>
  );
}

function Divider({ genre }: { genre: CountedGenre }) {
  return (
    <li>
      <Link to="/genres/$slug" params={{ slug: genre.slug }} className={styles.genre}>
        <span className={styles.name}>{genre.name}</span>
        <span className={styles.count}>
          {[tn("tracks", genre.track_count), tn("genres.artists", genre.artist_count)].join(SEPARATOR)}
        </span>
      </Link>
    </li>
  );
}
