import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { appealByLink } from "../../api/safety";
import { t } from "../../lib/messages";
import { Button, buttonClass, Field, inputClass, Problem } from "../../ui/controls";
import { Heading } from "../../ui/Heading";
import styles from "../../ui/safety/Safety.module.css";
import { useMailLink } from "../../ui/useMailLink";
import { useSubmit } from "../../ui/useSubmit";
import "../../ui/safety/words";

/** Where the mail about a decision leads. Its secret stands after the #, which no server is sent. */
export function AppealPage() {
  const link = useMailLink();
  const [sent, setSent] = useState(false);
  const [words, setWords] = useState("");
  const form = useSubmit(["words"], async () => {
    await link.use((secret) => appealByLink(secret, words));
    setSent(true);
  });
  if (sent || link.over) {
    return (
      <div className={styles.page}>
        <Heading title={t(sent ? "decision.appealed" : "decision.appealGone")} />
        {!sent && <p className="lead">{t("decision.appealGoneMore")}</p>}
        <Link to="/" className={buttonClass("plain")}>
          {t("report.home")}
        </Link>
      </div>
    );
  }
  return (
    <div className={styles.page}>
      <Heading title={t("decision.appealTitle")} />
      <p className="lead">{t("decision.appealLead")}</p>
      <form className={styles.form} onSubmit={form.onSubmit}>
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
          <Button type="submit" look="hot" rests={form.busy}>
            {t("decision.appealSend")}
          </Button>
        </div>
      </form>
    </div>
  );
}
