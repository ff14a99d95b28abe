import { useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
import { fieldError, wordsOf } from "../../api/client";
import { genresQuery } from "../../api/queries";
import type { Artist, NewArtist } from "../../api/types";
import { t } from "../../lib/messages";
import { Button, Field, Problem, hintClass, labelClass } from "../../ui/controls";
import styles from "./Studio.module.css";

const MAX_GENRES = 5;
const FIELDS = ["name", "city", "bio"] as const;

interface ArtistFormProps {
  /** What is there to change; without it the form begins empty. */
  artist?: Artist;
  submitWords: string;
  /** Raises `ApiError`, which the form then tells. */
  onSubmit: (answers: NewArtist) => Promise<void>;
  onCancel?: () => void;
}

export function ArtistForm({ artist, submitWords, onSubmit, onCancel }: ArtistFormProps) {
  const [name, setName] = useState(artist?.name ?? "");
  const [city, setCity] = useState(artist?.city ?? "");
  const [bio, setBio] = useState(artist?.bio ?? "");
  const [genres, setGenres] = useState<readonly string[]>(artist?.genres.map(({ slug }) => slug) ?? []);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);

  async function submit(event: React.FormEvent) {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await onSubmit({ name: name.trim(), city: city.trim(), genres: [...genres], bio: bio.trim() });
    } catch (refused) {
      setError(refused);
      setBusy(false);
    }
  }

  const named = FIELDS.some((field) => fieldError(error, field));
  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)}>
      <Field label={t("newArtist.name")} hint={t("newArtist.nameHint")} error={fieldError(error, "name")}>
        {(ids) => (
          <input
            {...ids}
            required
            maxLength={120}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        )}
      </Field>
      <Field label={t("newArtist.city")} error={fieldError(error, "city")}>
        {(ids) => (
          <input
            {...ids}
            required
            maxLength={120}
            autoComplete="address-level2"
            value={city}
            onChange={(event) => setCity(event.currentTarget.value)}
          />
        )}
      </Field>
      <GenreChoice chosen={genres} onChange={setGenres} />
      <Field label={t("newArtist.bio")} hint={t("newArtist.bioHint")} error={fieldError(error, "bio")}>
        {(ids) => (
          <textarea
            {...ids}
            maxLength={4000}
            value={bio}
            onChange={(event) => setBio(event.currentTarget.value)}
          />
        )}
      </Field>
      {error !== null && !named && <Problem>{wordsOf(error)}</Problem>}
      <div className={styles.formTools}>
        <Button type="submit" look="hot" rests={busy}>
          {busy ? t("account.working") : submitWords}
        </Button>
        {onCancel && (
          <Button look="quiet" onClick={onCancel}>
            {t("studio.cancel")}
          </Button>
        )}
      </div>
    </form>
  );
}

interface GenreChoiceProps {
  chosen: readonly string[];
  onChange: (slugs: readonly string[]) => void;
}

function GenreChoice({ chosen, onChange }: GenreChoiceProps) {
  const { data } = useSuspenseQuery(genresQuery);
  if (!data.items.length) return null;
  return (
    <fieldset className={styles.genres}>
      <legend className={labelClass}>{t("newArtist.genres")}</legend>
      <p className={hintClass}>{t("newArtist.genresHint")}</p>
      <div className={styles.chips}>
        {data.items.map(({ slug, name }) => {
          const isChosen = chosen.includes(slug);
          return (
            <label key={slug} className={styles.chip}>
              <input
                type="checkbox"
                checked={isChosen}
                disabled={!isChosen && chosen.length >= MAX_GENRES}
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
