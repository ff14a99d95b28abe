import { useState } from "react";
import type { NewOrganiser, NewVenue, Organiser, OrganiserType, Venue } from "../../api/types";
import { t } from "../../lib/messages";
import { Button, Field, inputClass, Problem } from "../../ui/controls";
import { useSubmit } from "../../ui/useSubmit";
import styles from "./Forms.module.css";
import "./words";

const FIELDS = ["name", "type", "city", "about", "website", "links"] as const;
const TYPES = ["promoter", "collective", "series", "festival", "label"] as const satisfies readonly OrganiserType[];

type Answers = NewVenue & Pick<NewOrganiser, "type">;

interface CardFormProps {
  /** What is there to change; without it the form begins empty. */
  card?: Venue | Organiser;
  organiser: boolean;
  submitWords: string;
  /** Raises `ApiError`, which the form then tells. */
  onSubmit: (answers: Answers) => Promise<void>;
  onCancel?: () => void;
}

/** What a venue or an organiser tells about itself. */
export function CardForm({ card, organiser, submitWords, onSubmit, onCancel }: CardFormProps) {
  const [name, setName] = useState(card?.name ?? "");
  const [type, setType] = useState<OrganiserType>(card && "type" in card ? card.type : "promoter");
  const [city, setCity] = useState(card?.city ?? "");
  const [about, setAbout] = useState(card?.about ?? "");
  const [website, setWebsite] = useState(card?.website ?? "");
  const [links, setLinks] = useState(card?.links.join("\n") ?? "");
  const submit = useSubmit(FIELDS, () =>
    onSubmit({
      name: name.trim(),
      type,
      city: city.trim(),
      about: about.trim(),
      website: website.trim(),
      links: links.split(/\s+/).filter(Boolean),
    }),
  );
  return (
    <form className={styles.form} onSubmit={submit.onSubmit}>
      <div className={styles.pair}>
        <Field label={t("card.name")} error={submit.at("name")}>
          {(ids) => (
            <input {...ids} required maxLength={120} value={name} onChange={(event) => setName(event.currentTarget.value)} />
          )}
        </Field>
        <Field label={t("card.city")} hint={t("newArtist.cityHint")} error={submit.at("city")}>
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
      {organiser && (
        <Field label={t("card.type")} error={submit.at("type")}>
          {(ids) => (
            <select
              {...ids}
              className={inputClass}
              value={type}
              onChange={(event) => setType(event.currentTarget.value as OrganiserType)}
            >
              {TYPES.map((one) => (
                <option key={one} value={one}>
                  {t(`card.${one}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      <Field label={t("card.about")} hint={t("card.aboutHint")} error={submit.at("about")}>
        {(ids) => (
          <textarea {...ids} maxLength={4000} value={about} onChange={(event) => setAbout(event.currentTarget.value)} />
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
            {t("studio.cancel")}
          </Button>
        )}
      </div>
    </form>
  );
}
