import { useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { genresQuery } from "../../api/queries";
import { t } from "../../lib/messages";
import { Heading } from "../../ui/Heading";
import "../track/words";
import styles from "./GenresPage.module.css";

/** Every genre, its name as large as on a record shop's divider. */
export function GenresPage() {
  const { data } = useSuspenseQuery(genresQuery);
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <Heading className={styles.title} title={t("genres.title")} />
        <p className="lead">{t("genres.lead")}</p>
      </header>
      <ul className={styles.genres}>
        {data.items.map((genre) => (
          <li key={genre.slug}>
            <Link to="/genres/$slug" params={{ slug: genre.slug }} className={styles.genre}>
              {genre.name}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
