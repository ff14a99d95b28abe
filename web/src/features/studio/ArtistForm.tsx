import { useState } from "react";
import type { Artist, NewArtist } from "../../api/types";
import { t } from "../../lib/messages";
import { Button, Field, Problem } from "../../ui/controls";
import { useSubmit } from "../../ui/useSubmit";
import styles from "./Forms.module.css";
import { GenreChoice } from "./GenreChoice";
import "./words";

const FIELDS = ["name", "city", "genres", "bio", "website", "links"] as const;

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
  const [website, setWebsite] = useState(artist?.website ?? "");
  const [links, setLinks] = useState(artist?.links.join("\n") ?? "");
  const submit = useSubmit(FIELDS, () =>
    onSubmit({
      name: name.trim(),
      city: city.trim(),
      genres: [...genres],
      bio: bio.trim(),
      website: website.trim(),
      links: links.split(/\s+/).filter(Boolean),
    }),
  );
  return (
    <form className={styles.form} onSubmit={submit.onSubmit}>
      <div className={styles.pair}>
        <Field label={t("newArtist.name")} hint={t("newArtist.nameHint")} error={submit.at("name")}>
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
        <Field label={t("newArtist.city")} hint={t("newArtist.cityHint")} error={submit.at("city")}>
          {(ids) => (
            <input
              {...ids}
              required
              maxLength={100}
              autoComplete="address-level2"
              value={city}
              onChange={(event) => setCity(event.currentTarget.value)}
            />
          )}
        </Field>
      </div>
      <GenreChoice chosen={genres} onChange={setGenres} error={submit.at("genres")} />
      <Field label={t("newArtist.bio")} hint={t("newArtist.bioHint")} error={submit.at("bio")}>
        {(ids) => (
          <textarea
            {...ids}
            maxLength={4000}
            value={bio}
            onChange={(event) => setBio(event.currentTarget.value)}
          />
        )}
      </Field>
      <Field label={t("card.website")} error={submit.at("website")}>
        {(ids) => (
          <input
            {...ids}
            inputMode="url"
            autoComplete="url"
            maxLength={300}
            value={website}
            onChange={(event) => setWebsite(event.currentTarget.value)}
          />
        )}
      </Field>
      <Field label={t("card.links")} hint={t("card.linksHint")} error={submit.at("links")}>
        {(ids) => <textarea {...ids} rows={3} value={links} onChange={(event) => setLinks(event.currentTarget.value)} />}
      </Field>
      {submit.other && <Problem>{submit.other}</Problem>}
      <div className={styles.tools}>
        <Button type="submit" look="hot" rests={submit.busy}>
          {submit.busy ? t("account.working") : submitWords}
        </Button>
        {onCancel && (
          <Button look="quiet" onClick={onCancel}>
            {t(artist ? "studio.cancel" : "studio.neverMind")}
          </Button>
        )}
      </div>
    </form>
  );
}
