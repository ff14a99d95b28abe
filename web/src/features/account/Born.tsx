import { useId } from "react";
import { t } from "../../lib/messages";
import { Field } from "../../ui/controls";
import styles from "./Born.module.css";
import "./words";

export interface Month {
  /** `1` to `12`; empty until chosen. */
  month: string;
  year: string;
}

const MONTHS = Array.from({ length: 12 }, (_, month) =>
  new Intl.DateTimeFormat("en", { month: "long", timeZone: "UTC" }).format(Date.UTC(2024, month, 1)),
);

/** `1990-05`, as the server reads it. */
export const monthOf = ({ month, year }: Month): string => `${year.trim()}-${month.padStart(2, "0")}`;

/** In which month somebody was born. Asked without a hint at which answer lets one in: a hint invites another answer. */
export function Born({ value, error, onChange }: { value: Month; error: string | null; onChange: (value: Month) => void }) {
  const about = `${useId()}-about`;
  const wrong = error ? { "aria-invalid": true as const } : {};
  return (
    <fieldset className={styles.born} aria-describedby={about}>
      <legend>{t("born.legend")}</legend>
      <div className={styles.parts}>
        <Field label={t("born.month")}>
          {(ids) => (
            <select
              {...ids}
              {...wrong}
              name="bday-month"
              autoComplete="bday-month"
              required
              value={value.month}
              onChange={(event) => onChange({ ...value, month: event.currentTarget.value })}
            >
              <option value="" disabled>
                {t("born.choose")}
              </option>
              {MONTHS.map((name, month) => (
                <option key={name} value={String(month + 1)}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={t("born.year")}>
          {(ids) => (
            <input
              {...ids}
              {...wrong}
              name="bday-year"
              autoComplete="bday-year"
              inputMode="numeric"
              pattern="\s*[0-9]{4}\s*"
              title={t("born.yearHint")}
              maxLength={6}
              required
              value={value.year}
              onChange={(event) => onChange({ ...value, year: event.currentTarget.value })}
            />
          )}
        </Field>
      </div>
      <p id={about} className={error ? styles.error : styles.hint}>
        {error ?? t("born.hint")}
      </p>
    </fieldset>
  );
}
