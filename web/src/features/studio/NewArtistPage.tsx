import { useSuspenseQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { createArtist } from "../../api/actions";
import { fieldError, newKey, wordsOf } from "../../api/client";
import { genresQuery } from "../../api/queries";
import { t } from "../../lib/messages";
import { Heading } from "../../ui/Heading";
import { Button, Field, Problem, hintClass, labelClass } from "../../ui/controls";
import styles from "./Studio.module.css";

const MAX_GENRES = 5;
const FIELDS = ["name", "city", "bio"] as const;

export function NewArtistPage() {
  const router = useRouter();
  const [name, setName] = useState("");
  const [city, setCity] = useState("");
  const [bio, setBio] = useState("");
  const [genres, setGenres] = useState<readonly string[]>([]);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  // One key per set of answers: a changed answer is another request.
  const key = useRef({ for: "", value: "" });

  async function submit(event: React.FormEvent) {
    event.preventDefault();
    const answers = { name: name.trim(), city: city.trim(), genres: [...genres], bio: bio.trim() };
    const told = JSON.stringify(answers);
    if (key.current.for !== told) key.current = { for: told, value: newKey() };
    setBusy(true);
    setError(null);
    try {
      await createArtist(answers, key.current.value);
      await router.navigate({ to: "/studio" });
    } catch (refused) {
      setError(refused);
      setBusy(false);
    }
  }

  const named = FIELDS.some((field) => fieldError(error, field));
  return (
    <div className={styles.narrowPage}>
      <header>
        <Heading title={t("newArtist.title")} />
        <p className="muted">{t("newArtist.lead")}</p>
      </header>
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
        <Button type="submit" look="hot" rests={busy}>
          {busy ? t("account.working") : t("newArtist.submit")}
        </Button>
      </form>
    </div>
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
