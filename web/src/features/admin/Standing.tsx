import { useEffect, useRef, useState } from "react";
import { liftSuspension, suspend } from "../../api/admin";
import { wordsOf } from "../../api/client";
import type { PersonDetail } from "../../api/types";
import { t } from "../../lib/messages";
import { dayInWords } from "../../lib/time";
import { Button, Field, Problem } from "../../ui/controls";
import { say } from "../../ui/said";
import { useSubmit } from "../../ui/useSubmit";
import styles from "./Admin.module.css";
import "./words";

const DAY_MS = 86_400_000;
const SPANS = { day: DAY_MS, week: 7 * DAY_MS, month: 30 * DAY_MS, open: null } as const;
type Span = keyof typeof SPANS;

/** Whether somebody may sign in, and changing it. */
export function Standing({ person, mayDeal }: { person: PersonDetail; mayDeal: boolean }) {
  const { suspension, name } = person;
  const [asked, setAsked] = useState<boolean | null>(null);
  const [busy, setBusy] = useState(false);
  const begin = useRef<HTMLButtonElement>(null);
  // The focus comes back from the form; into it goes the form itself.
  useEffect(() => {
    if (asked === false) begin.current?.focus();
  }, [asked]);
  async function lift() {
    setBusy(true);
    try {
      await liftSuspension(person.id);
      say(t("admin.didLift", { name }));
    } catch (error) {
      say(wordsOf(error));
    } finally {
      setBusy(false);
    }
  }
  return (
    <section className={styles.group}>
      <h2>{t("admin.standing")}</h2>
      {suspension ? (
        <div className={styles.who}>
          <p className={styles.warn}>
            {suspension.until
              ? t("admin.since", { day: dayInWords(suspension.since), until: dayInWords(suspension.until) })
              : t("admin.sinceOpen", { day: dayInWords(suspension.since) })}
          </p>
          <p>{t("admin.reasonGiven", { reason: suspension.reason })}</p>
        </div>
      ) : (
        <p>{t("admin.good")}</p>
      )}
      {mayDeal && suspension && (
        <Button look="quiet" rests={busy} onClick={() => void lift()}>
          {t("admin.lift")}
        </Button>
      )}
      {mayDeal && !suspension && !asked && (
        <Button ref={begin} look="quiet" onClick={() => setAsked(true)}>
          {t("admin.suspend")}
        </Button>
      )}
      {mayDeal && !suspension && asked && <SuspendForm person={person} onClose={() => setAsked(false)} />}
    </section>
  );
}

function SuspendForm({ person, onClose }: { person: PersonDetail; onClose: () => void }) {
  const { name } = person;
  const [reason, setReason] = useState("");
  const [span, setSpan] = useState<Span>("week");
  const first = useRef<HTMLTextAreaElement>(null);
  useEffect(() => first.current?.focus(), []);
  const form = useSubmit(["reason", "until"], async () => {
    const ms = SPANS[span];
    await suspend(person.id, reason, ms === null ? null : new Date(Date.now() + ms).toISOString());
    say(t("admin.didSuspend", { name }));
  });
  return (
    <form className={styles.form} aria-label={t("admin.suspendTitle", { name })} onSubmit={form.onSubmit}>
      <Field label={t("admin.reason")} hint={t("admin.suspendHint")} error={form.at("reason")}>
        {(ids) => (
          <textarea
            {...ids}
            ref={first}
            required
            rows={3}
            maxLength={1000}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        )}
      </Field>
      <Field label={t("admin.until")} error={form.at("until")}>
        {(ids) => (
          <select {...ids} value={span} onChange={(event) => setSpan(event.currentTarget.value as Span)}>
            {(Object.keys(SPANS) as Span[]).map((one) => (
              <option key={one} value={one}>
                {t(`admin.until.${one}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      {form.other && <Problem>{form.other}</Problem>}
      <div className={styles.tools}>
        <Button type="submit" rests={form.busy}>
          {t("admin.suspendYes", { name })}
        </Button>
        <Button look="quiet" onClick={onClose}>
          {t("admin.no")}
        </Button>
      </div>
    </form>
  );
}
