import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { appeal, decisionsQuery, ownReportsQuery } from "../../api/safety";
import type { Decided } from "../../api/types";
import { SEPARATOR, t } from "../../lib/messages";
import { dayInWords } from "../../lib/time";
import { Button, Field, inputClass, Problem } from "../controls";
import { More } from "../More";
import { say } from "../said";
import { useSubmit } from "../useSubmit";
import { outcomeOf } from "./outcome";
import styles from "./Safety.module.css";
import "./words";

/** What the viewer reported, and what became of it. */
export function YourReports() {
  const reports = useInfiniteQuery(ownReportsQuery);
  const items = reports.data?.pages.flatMap((page) => page.items) ?? [];
  if (reports.isSuccess && !items.length) return <p className="muted">{t("safety.reportsNone")}</p>;
  return (
    <div>
      <ul className={styles.rows}>
        {items.map((one) => (
          <li key={one.id} className={styles.row}>
            <span className={styles.who}>
              <strong>{one.title}</strong>
              <span className="muted small">
                {[one.reference, dayInWords(one.created_at), t(`report.reason.${one.reason}`)].join(SEPARATOR)}
              </span>
            </span>
            <span>{outcomeOf(one)}</span>
          </li>
        ))}
      </ul>
      <More {...reports} />
    </div>
  );
}

/** What moderators decided about the viewer and the profiles they run. */
export function Decisions() {
  const decisions = useInfiniteQuery(decisionsQuery);
  const items = decisions.data?.pages.flatMap((page) => page.items) ?? [];
  if (decisions.isSuccess && !items.length) return <p className="muted">{t("safety.decisionsNone")}</p>;
  return (
    <div>
      <ul className={styles.rows}>
        {items.map((one) => (
          <DecisionRow key={one.id} decision={one} />
        ))}
      </ul>
      <More {...decisions} />
    </div>
  );
}

function DecisionRow({ decision: one }: { decision: Decided }) {
  const [asked, setAsked] = useState(false);
  return (
    <li className={styles.row}>
      <span className={styles.who}>
        <strong>{one.title}</strong>
        <span className="muted small">{[t(`decision.${one.decision}`), dayInWords(one.decided_at)].join(SEPARATOR)}</span>
        <span>{one.facts}</span>
      </span>
      {one.can_appeal && !asked && (
        <Button size="small" aria-label={t("decision.appealFor", { title: one.title })} onClick={() => setAsked(true)}>
          {t("decision.appeal")}
        </Button>
      )}
      {asked && one.can_appeal && <AppealForm id={one.id} />}
    </li>
  );
}

function AppealForm({ id }: { id: string }) {
  const [words, setWords] = useState("");
  const form = useSubmit(["words"], async () => {
    await appeal(id, words);
    say(t("decision.appealed"));
  });
  return (
    <form className={`${styles.form} ${styles.appeal}`} onSubmit={form.onSubmit}>
      {form.other && <Problem>{form.other}</Problem>}
      <Field label={t("decision.appealWords")} error={form.at("words")}>
        {(ids) => (
          <textarea
            {...ids}
            className={inputClass}
            rows={4}
            maxLength={2000}
            required
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
          />
        )}
      </Field>
      <div className={styles.foot}>
        <Button type="submit" rests={form.busy}>
          {t("decision.appealSend")}
        </Button>
      </div>
    </form>
  );
}
