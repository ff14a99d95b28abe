import { Link, useRouter } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { t } from "../../lib/messages";
import { Heading } from "../../ui/Heading";
import { Button, Problem } from "../../ui/controls";
import { LegalLinks } from "../../ui/legal/LegalLinks";
import { useSubmit, type Submit } from "../../ui/useSubmit";
import styles from "./AccountPage.module.css";

interface AccountPageProps {
  title: string;
  lead: string;
  submit: string;
  fields: ReactNode;
  form: Submit;
  /** For whom this is the wrong one of the two pages. */
  other: { words: string; link: string; to: "/sign-in" | "/sign-up"; next: string | undefined };
}

/** The way in: one column of few fields, beside our mark as tall as the page. */
export function AccountPage({ title, lead, submit, fields, form, other }: AccountPageProps) {
  return (
    <div className={styles.page}>
      <div className={styles.column}>
        <header className={styles.head}>
          <Heading title={title} />
          <p className="lead">{lead}</p>
        </header>
        <form className={styles.form} onSubmit={form.onSubmit}>
          {fields}
          {form.other && <Problem>{form.other}</Problem>}
          <Button type="submit" look="hot" rests={form.busy}>
            {form.busy ? t("account.working") : submit}
          </Button>
        </form>
        <p>
          {other.words}{" "}
          <Link to={other.to} search={other.next ? { next: other.next } : {}}>
            {other.link}
          </Link>
        </p>
        <LegalLinks />
      </div>
      <Loud />
    </div>
  );
}

/** Goes in, and on to where the visitor wanted to be. */
export function useWayIn(fields: readonly string[], enter: () => Promise<void>, goOn: string): Submit {
  const router = useRouter();
  return useSubmit(
    fields,
    async () => {
      await enter();
      await router.invalidate();
      router.history.push(goOn);
    },
    { leaves: true },
  );
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
