import { useState } from "react";
import type { Release, ReleaseKind } from "../../api/types";
import { t } from "../../lib/messages";
import { Button, Field, Problem } from "../../ui/controls";
import { useSubmit } from "../../ui/useSubmit";
import styles from "./Forms.module.css";
import "./words";

const KINDS: readonly ReleaseKind[] = ["single", "ep", "album"];
const FIELDS = ["title", "kind", "released_on"] as const;

export interface ReleaseAnswers {
  title: string;
  kind: ReleaseKind;
  /** null for none. */
  released_on: string | null;
}

interface ReleaseFormProps {
  /** What is there to change; without it the form begins empty. */
  release?: Release;
  label: string;
  submitWords: string;
  /** Raises `ApiError`, which the form then tells. */
  onSubmit: (answers: ReleaseAnswers) => Promise<void>;
  onDone: () => void;
}

export function ReleaseForm({ release, label, submitWords, onSubmit, onDone }: ReleaseFormProps) {
  const [title, setTitle] = useState(release?.title ?? "");
  const [kind, setKind] = useState<ReleaseKind>(release?.kind ?? "single");
  const [releasedOn, setReleasedOn] = useState(release?.released_on ?? "");
  const submit = useSubmit(FIELDS, async () => {
    await onSubmit({ title: title.trim(), kind, released_on: releasedOn || null });
    onDone();
  });
  return (
    // Escape leaves it as it is from wherever in the form the focus stands.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form
      className={styles.form}
      aria-label={label}
      onSubmit={submit.onSubmit}
      onKeyDown={(event) => event.key === "Escape" && onDone()}
    >
      <div className={styles.trio}>
        <Field label={t("studio.releaseTitle")} error={submit.at("title")}>
          {(ids) => (
            <input
              {...ids}
              // Pressing the button that opened this asks for the field.
              // oxlint-disable-next-line jsx-a11y/no-autofocus
              autoFocus
              required
              maxLength={200}
              value={title}
              onFocus={(event) => event.currentTarget.select()}
              onChange={(event) => setTitle(event.currentTarget.value)}
            />
          )}
        </Field>
        <Field label={t("studio.releaseKind")} error={submit.at("kind")}>
          {(ids) => (
            <select
              {...ids}
              value={kind}
              onChange={(event) => setKind(event.currentTarget.value as ReleaseKind)}
            >
              {KINDS.map((one) => (
                <option key={one} value={one}>
                  {t(`kind.${one}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={t("studio.releasedOn")} error={submit.at("released_on")}>
          {(ids) => (
            <input
              {...ids}
              type="date"
              value={releasedOn}
              onChange={(event) => setReleasedOn(event.currentTarget.value)}
            />
          )}
        </Field>
      </div>
      {submit.other && <Problem>{submit.other}</Problem>}
      <div className={styles.tools}>
        <Button type="submit" size="small" look="hot" rests={submit.busy}>
          {submit.busy ? t("account.working") : submitWords}
        </Button>
        <Button size="small" look="quiet" onClick={onDone}>
          {t(release ? "studio.cancel" : "studio.neverMind")}
        </Button>
      </div>
    </form>
  );
}
