import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { wordsOf } from "../../api/client";
import { caseQuery, claimCase, decideCase, releaseCase } from "../../api/safety";
import type { Case, CaseFile, Me, Verdict } from "../../api/types";
import { SEPARATOR, t } from "../../lib/messages";
import { dayInWords } from "../../lib/time";
import { Button, Field, inputClass, Problem } from "../../ui/controls";
import { ErrorNote } from "../../ui/ErrorNote";
import { Heading } from "../../ui/Heading";
import { say } from "../../ui/said";
import { SkeletonRows, Waiting } from "../../ui/Skeleton";
import { useSubmit } from "../../ui/useSubmit";
import styles from "./Moderation.module.css";
import "../../ui/safety/words";
import "./words";

const REASONS = [
  "not_theirs",
  "pretends",
  "hate",
  "harassment",
  "sexual",
  "child_safety",
  "violence",
  "private",
  "spam",
  "illegal",
  "other",
] as const satisfies readonly Verdict["rule"][];

/** One case: what was reported and how it looked, what was done, and deciding it. */
export function CaseView({ id, me, onBack }: { id: string; me: Me; onBack: () => void }) {
  const found = useQuery(caseQuery(id));
  if (found.isPending) {
    return (
      <Waiting>
        <SkeletonRows count={4} />
      </Waiting>
    );
  }
  if (found.isError) {
    return (
      <ErrorNote title={t("mod.failed")} onRetry={() => void found.refetch()} busy={found.isFetching}>
        {wordsOf(found.error)}
      </ErrorNote>
    );
  }
  const file = found.data;
  const one = file.case;
  const others = one.claimed_by !== null && one.claimed_by !== me.id;
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <Heading title={one.title} />
        <p className="muted">
          {[
            one.party_name ? t("mod.of", { name: one.party_name }) : t("mod.gone"),
            dayInWords(one.opened_at),
            ...(one.claimed_by_name ? [t("mod.takenBy", { name: one.claimed_by_name })] : []),
          ].join(SEPARATOR)}
        </p>
        <div className={styles.row}>
          <Button size="small" onClick={onBack}>
            {t("mod.back")}
          </Button>
          {one.state !== "decided" && (!others || me.scene_role === "admin") && (
            <Claim one={one} held={one.claimed_by !== null} anothers={others ? one.claimed_by_name : null} />
          )}
        </div>
      </header>
      <Reports file={file} />
      {one.appeal && (
        <section className={styles.group}>
          <h2>{t("mod.appeal")}</h2>
          <p className={styles.words}>{one.appeal}</p>
        </section>
      )}
      {file.acts.length > 0 && <Acts file={file} />}
      {one.state !== "decided" && !others && <Decide one={one} />}
    </div>
  );
}

/** A case that another holds is given back by admins only. */
function Claim({ one, held, anothers }: { one: Case; held: boolean; anothers: string | null }) {
  async function run() {
    try {
      await (held ? releaseCase(one.id) : claimCase(one.id));
      if (!held) say(t("mod.claimed.did"));
      else if (anothers) say(t("mod.released.did"));
    } catch (error) {
      say(wordsOf(error));
    }
  }
  return (
    <Button size="small" onClick={() => void run()}>
      {anothers ? t("mod.releaseFor", { name: anothers }) : t(held ? "mod.release" : "mod.claim")}
    </Button>
  );
}

function Reports({ file }: { file: CaseFile }) {
  return (
    <>
      {file.items.map((report) => (
        <section key={report.id} className={styles.group} aria-label={t(`report.reason.${report.reason}`)}>
          <div className={styles.report}>
            <p>
              <strong>{t(`report.reason.${report.reason}`)}</strong>{" "}
              <span className="muted small">
                {[t(report.by_guest ? "mod.byGuest" : "mod.byAccount"), dayInWords(report.created_at)].join(SEPARATOR)}
              </span>
            </p>
            {report.words && <p className={styles.words}>{report.words}</p>}
            <p className="muted small">{t("mod.evidence")}</p>
            <dl className={styles.evidence}>
              {Object.entries(report.evidence).flatMap(([field, value]) => [
                <dt key={`${field}?`}>{field.replaceAll("_", " ")}</dt>,
                <dd key={field}>{value}</dd>,
              ])}
            </dl>
          </div>
        </section>
      ))}
    </>
  );
}

function Acts({ file }: { file: CaseFile }) {
  return (
    <section className={styles.group}>
      <h2>{t("mod.history")}</h2>
      <ul>
        {file.acts.map((act) => (
          <li key={`${act.at}${act.act}`}>
            {act.actor_name ?? t("mod.somebody")} {t(`mod.act.${act.act as "claimed" | "released" | "decided" | "appealed"}`)}
            <span className="muted small">
              {SEPARATOR}
              {dayInWords(act.at)}
            </span>
            {act.words && <p className={styles.words}>{act.words}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Decide({ one }: { one: Case }) {
  const choices: readonly Verdict["decision"][] = one.appealed_at
    ? ["uphold", "restore"]
    : ["no_action", "warn", ...(one.kind === "person" ? [] : (["take_down"] as const)), "suspend"];
  const [decision, setDecision] = useState<Verdict["decision"]>(choices[0] ?? "no_action");
  const [rule, setRule] = useState<Verdict["rule"]>(one.reasons[0] ?? "other");
  const [facts, setFacts] = useState("");
  const [days, setDays] = useState("");
  const form = useSubmit(["facts", "days"], async () => {
    await decideCase(one.id, { decision, rule, facts, days: decision === "suspend" && days ? Number(days) : null });
    say(t("mod.sent"));
  });
  return (
    <section className={styles.group}>
      <h2>{t("mod.decide")}</h2>
      <form className={styles.form} onSubmit={form.onSubmit}>
        {form.other && <Problem>{form.other}</Problem>}
        <Field label={t("mod.decision")}>
          {(ids) => (
            <select
              {...ids}
              className={inputClass}
              value={decision}
              onChange={(event) => setDecision(event.currentTarget.value as Verdict["decision"])}
            >
              {choices.map((value) => (
                <option key={value} value={value}>
                  {t(`mod.decision.${value}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={t("mod.rule")}>
          {(ids) => (
            <select
              {...ids}
              className={inputClass}
              value={rule}
              onChange={(event) => setRule(event.currentTarget.value as Verdict["rule"])}
            >
              {REASONS.map((value) => (
                <option key={value} value={value}>
                  {t(`report.reason.${value}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={t("mod.facts")} hint={t("mod.factsHint")} error={form.at("facts")}>
          {(ids) => (
            <textarea
              {...ids}
              className={inputClass}
              rows={4}
              maxLength={2000}
              required
              value={facts}
              onChange={(event) => setFacts(event.currentTarget.value)}
            />
          )}
        </Field>
        {decision === "suspend" && (
          <Field label={t("mod.days")} hint={t("mod.daysHint")} error={form.at("days")}>
            {(ids) => (
              <input
                {...ids}
                type="number"
                min={1}
                max={3650}
                value={days}
                onChange={(event) => setDays(event.currentTarget.value)}
              />
            )}
          </Field>
        )}
        <Button type="submit" look="hot" rests={form.busy}>
          {t("mod.send")}
        </Button>
      </form>
    </section>
  );
}
