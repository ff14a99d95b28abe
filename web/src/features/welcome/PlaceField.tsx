import { useQuery } from "@tanstack/react-query";
import { useEffect, useId, useState, type KeyboardEvent } from "react";
import { wordsOf } from "../../api/client";
import { changePreferences, placesQuery } from "../../api/taste";
import type { Place } from "../../api/types";
import { t, tn } from "../../lib/messages";
import { Button, Field } from "../../ui/controls";
import { say } from "../../ui/said";
import styles from "./WelcomePage.module.css";
import "./words";

/** Letters are asked about once they stand still for so long, in ms. */
const SETTLES_MS = 150;

/** A city or a district, by how its name begins. A combobox over a list: the focus stays in the field. */
export function PlaceField({ place }: { place: Place | null }) {
  const [query, setQuery] = useState("");
  const [asked, setAsked] = useState("");
  const [active, setActive] = useState(0);
  const id = useId();
  useEffect(() => {
    const timer = setTimeout(() => setAsked(query.trim()), SETTLES_MS);
    return () => clearTimeout(timer);
  }, [query]);
  const { data, error, isFetching } = useQuery(placesQuery(asked));
  const found = query.trim() && asked ? (data?.items ?? []) : [];
  // Typed and not answered: what stands in the list is still another question's.
  const looking = query.trim() !== "" && !error && (isFetching || asked !== query.trim());
  const at = Math.min(active, found.length - 1);

  function choose(one: Place | null) {
    setQuery("");
    setAsked("");
    const sent = changePreferences({ place_id: one?.id ?? null }, { place: one });
    void sent.then(
      () => one && say(t("welcome.placeChosen", { place: one.name })),
      (reason: unknown) => say(wordsOf(reason)),
    );
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "ArrowDown") setActive(Math.min(at + 1, found.length - 1));
    else if (event.key === "ArrowUp") setActive(Math.max(at - 1, 0));
    else if (event.key === "Enter" && found[at]) choose(found[at]);
    else if (event.key === "Escape" && query) setQuery("");
    else return;
    event.preventDefault();
  }
  return (
    <div className={styles.part}>
      {place && (
        <p className={styles.chosen}>
          <strong>{t("welcome.placeChosen", { place: nameOf(place) })}</strong>
          <Button size="small" look="quiet" onClick={() => choose(null)}>
            {t("welcome.placeForget", { place: place.name })}
          </Button>
        </p>
      )}
      <Field label={t("welcome.placeField")} hint={t("welcome.placeHint")} error={error ? wordsOf(error) : null}>
        {(ids) => (
          <input
            {...ids}
            type="text"
            role="combobox"
            aria-busy={looking}
            aria-expanded={found.length > 0}
            aria-autocomplete="list"
            aria-controls={`${id}-list`}
            aria-activedescendant={found[at] ? `${id}-${at}` : undefined}
            autoComplete="off"
            spellCheck={false}
            maxLength={100}
            value={query}
            onKeyDown={onKeyDown}
            onChange={(event) => {
              setQuery(event.currentTarget.value);
              setActive(0);
            }}
          />
        )}
      </Field>
      <div id={`${id}-list`} role="listbox" aria-label={t("welcome.placeField")} className={styles.options}>
        {found.map((one, number) => (
          // The keys are the field's: an option of a combobox never has the focus itself.
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
          <div
            key={one.id}
            id={`${id}-${number}`}
            role="option"
            aria-selected={number === at}
            className={styles.option}
            onPointerMove={() => setActive(number)}
            onClick={() => choose(one)}
          >
            <span>{one.name}</span>
            <span className="muted small">{[one.region, one.country].filter(Boolean).join(", ")}</span>
          </div>
        ))}
      </div>
      {looking && <p className="muted small">{t("welcome.placeLooking")}</p>}
      {!looking && query.trim() && data && !data.items.length && <p>{t("welcome.placeNone")}</p>}
      <p className="hidden" role="status">
        {!looking && found.length > 0 && tn("welcome.placeFound", found.length)}
      </p>
      <p className="muted small">{t("welcome.placeFrom")}</p>
    </div>
  );
}

const nameOf = (place: Place) => [place.name, place.region, place.country].filter(Boolean).join(", ");
