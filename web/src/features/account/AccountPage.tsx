import { Link, useRouter } from "@tanstack/react-router";
import { useRef, useState, type ReactNode } from "react";
import { fieldError, wordsOf } from "../../api/client";
import { t } from "../../lib/messages";
import { Heading } from "../../ui/Heading";
import { Button, Field, Problem } from "../../ui/controls";
import styles from "./AccountPage.module.css";

interface AccountPageProps {
  title: string;
  lead: string;
  submit: string;
  fields: ReactNode;
  /** Those that the server may name in a refusal, which then stands beside the field. */
  named?: readonly string[];
  refusal: unknown;
  busy: boolean;
  onSubmit: () => void;
  /** For whom this is the wrong one of the two pages. */
  other: { words: string; link: string; to: "/sign-in" | "/sign-up"; next: string | undefined };
}

/** The way in: one column of few fields, beside our mark as tall as the page. */
export function AccountPage({ title, lead, submit, fields, named = [], refusal, busy, onSubmit, other }: AccountPageProps) {
  const isSaidByField = named.some((field) => fieldError(refusal, field));
  return (
    <div className={styles.page}>
      <div className={styles.column}>
        <header className={styles.head}>
          <Heading title={title} />
          <p className="lead">{lead}</p>
        </header>
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault();
            onSubmit();
          }}
        >
          {fields}
          {refusal !== null && !isSaidByField && <Problem>{wordsOf(refusal)}</Problem>}
          <Button type="submit" look="hot" rests={busy}>
            {busy ? t("account.working") : submit}
          </Button>
        </form>
        <p>
          {other.words}{" "}
          <Link to={other.to} search={other.next ? { next: other.next } : {}}>
            {other.link}
          </Link>
        </p>
      </div>
      <Loud />
    </div>
  );
}

interface TextFieldProps {
  label: string;
  hint?: string;
  error?: string | null;
  value: string;
  onChange: (value: string) => void;
  type?: "text" | "email" | "password";
  name: string;
  autoComplete: string;
  minLength?: number;
  maxLength?: number;
}

/** A line to fill in; each of an account's is needed. */
export function TextField({ label, hint, error, onChange, ...input }: TextFieldProps) {
  return (
    <Field label={label} {...(hint ? { hint } : {})} error={error ?? null}>
      {(ids) => <input {...ids} {...input} required onChange={(event) => onChange(event.currentTarget.value)} />}
    </Field>
  );
}

/** Does what a form asks for, once at a time, and goes on to where the visitor wanted to be. */
export function useWayIn(enter: () => Promise<void>, goOn: string) {
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<unknown>(null);
  const under = useRef(false);
  async function onSubmit() {
    if (under.current) return;
    under.current = true;
    setBusy(true);
    setRefusal(null);
    try {
      await enter();
      await router.invalidate();
      router.history.push(goOn);
    } catch (refused) {
      setRefusal(refused);
      setBusy(false);
    } finally {
      under.current = false;
    }
  }
  return { busy, refusal, onSubmit: () => void onSubmit() };
}

/** Our mark, loud: what the page is for, with nothing to say to a screen reader. */
function Loud() {
  const heights = [22, 46, 70, 38, 92, 58, 100, 44, 76, 30, 54, 18];
  return (
    <svg className={styles.loud} viewBox="0 0 120 100" preserveAspectRatio="none" aria-hidden="true">
      {heights.map((height, place) => (
        <rect key={place} x={place * 10 + 1.5} y={50 - height / 2} width="7" height={height} />
      ))}
    </svg>
  );
}
