import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { newKey } from "../../api/client";
import { meQuery } from "../../api/queries";
import { report } from "../../api/safety";
import type { NewReport, OwnReport } from "../../api/types";
import { t } from "../../lib/messages";
import { useStore } from "../../lib/store";
import { reporting, type Reported } from "../../lib/reporting";
import { Button, Field, inputClass, Problem } from "../controls";
import { Dialog } from "../Dialog";
import { closeModalAround } from "../Modal";
import { useSubmit } from "../useSubmit";
import styles from "./Safety.module.css";
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
] as const satisfies readonly NewReport["reason"][];

/** Tells the moderators of something, with or without an account. */
export function ReportDialog({ onClose }: { onClose: () => void }) {
  const asked = useStore(reporting, (now) => now.subject);
  const [subject] = useState(asked);
  const [sent, setSent] = useState<OwnReport | null>(null);
  if (!subject) return null;
  return (
    <Dialog title={t("report.title", { name: subject.name })} onClose={onClose} shape="sheet">
      {sent ? <Sent sent={sent} /> : <Form subject={subject} onSent={setSent} />}
    </Dialog>
  );
}

function Form({ subject, onSent }: { subject: Reported; onSent: (sent: OwnReport) => void }) {
  const { data: me } = useQuery(meQuery);
  const [reason, setReason] = useState<NewReport["reason"] | null>(null);
  const [words, setWords] = useState("");
  const [contact, setContact] = useState("");
  const [key] = useState(newKey);
  const form = useSubmit(["words", "contact", "email"], async () => {
    if (!reason) return;
    onSent(
      await report(
        { kind: subject.kind, subject_id: subject.id, reason, words, contact: me ? null : contact.trim() || null },
        `${key}-${reason}-${words.length}-${contact.length}`,
      ),
    );
  });
  return (
    <form className={styles.form} onSubmit={form.onSubmit}>
      <p className="muted">{t("report.lead")}</p>
      {form.other && <Problem>{form.other}</Problem>}
      <fieldset className={styles.reasons}>
        <legend>{t("report.reason")}</legend>
        {REASONS.map((one) => (
          <label key={one} className={styles.reason}>
            <input type="radio" name="reason" required checked={reason === one} onChange={() => setReason(one)} />
            <span>{t(`report.reason.${one}`)}</span>
          </label>
        ))}
      </fieldset>
      <Field label={t("report.words")} hint={t("report.wordsHint")} error={form.at("words")}>
        {(ids) => (
          <textarea
            {...ids}
            className={inputClass}
            rows={4}
            maxLength={2000}
            required={reason === "other"}
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
          />
        )}
      </Field>
      {!me && (
        <Field label={t("report.contact")} hint={t("report.contactHint")} error={form.at("contact") ?? form.at("email")}>
          {(ids) => (
            <input
              {...ids}
              type="email"
              autoComplete="email"
              maxLength={254}
              value={contact}
              onChange={(event) => setContact(event.currentTarget.value)}
            />
          )}
        </Field>
      )}
      <div className={styles.foot}>
        <Button type="submit" look="hot" rests={form.busy}>
          {t("report.send")}
        </Button>
      </div>
    </form>
  );
}

function Sent({ sent }: { sent: OwnReport }) {
  const { data: me } = useQuery(meQuery);
  const said = useRef<HTMLParagraphElement>(null);
  useEffect(() => said.current?.focus(), []);
  return (
    <div className={styles.form}>
      <p ref={said} tabIndex={-1} role="status">
        <strong>{t("report.sent", { reference: sent.reference })}</strong>
      </p>
      <p className="muted">{t(me ? "report.sentMore" : "report.sentGuest")}</p>
      <div className={styles.foot}>
        <Button onClick={(event) => closeModalAround(event.currentTarget)}>{t("report.close")}</Button>
      </div>
    </div>
  );
}
