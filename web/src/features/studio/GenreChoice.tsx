import { useSuspenseQuery } from "@tanstack/react-query";
import { genresQuery } from "../../api/queries";
import { t } from "../../lib/messages";
import { hintClass, labelClass } from "../../ui/controls";
import styles from "./Forms.module.css";
import "./words";

const MAX_GENRES = 5;

interface GenreChoiceProps {
  chosen: readonly string[];
  onChange: (slugs: readonly string[]) => void;
  error?: string | null;
}

export function GenreChoice({ chosen, onChange, error = null }: GenreChoiceProps) {
  const { data } = useSuspenseQuery(genresQuery);
  if (!data.items.length) return null;
  const full = chosen.length >= MAX_GENRES;
  return (
    <fieldset className={styles.genres}>
      <legend className={labelClass}>{t("newArtist.genres")}</legend>
      <p className={error ? styles.bad : hintClass}>{error ?? t("newArtist.genresHint")}</p>
      <div className={styles.chips}>
        {data.items.map(({ slug, name }) => {
          const isChosen = chosen.includes(slug);
          return (
            <label key={slug} className={styles.chip}>
              <input
                type="checkbox"
                checked={isChosen}
                disabled={!isChosen && full}
                onChange={() =>
                  onChange(isChosen ? chosen.filter((one) => one !== slug) : [...chosen, slug])
                }
              />
              <span>{name}</span>
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}
