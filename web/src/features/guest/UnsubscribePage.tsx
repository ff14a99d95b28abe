import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { ApiError, wordsOf } from "../../api/client";
import { unsubscribe } from "../../api/guests";
import { forgetFragment, takeFragment } from "../../lib/fragment";
import { t } from "../../lib/messages";
import { Button, buttonClass, hintClass, Problem } from "../../ui/controls";
import { Heading } from "../../ui/Heading";
import { Gone } from "./Gone";
import styles from "./Guest.module.css";
import "./words";

type Outcome = "asking" | "one" | "all" | "gone";

/** Behind the link at the end of every mail. */
export function UnsubscribePage() {
  const [token] = useState(() => takeFragment() ?? "");
  const [outcome, setOutcome] = useState<Outcome>(token ? "asking" : "gone");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  async function end(everything: boolean) {
    setBusy(true);
    setError(null);
    try {
      await unsubscribe(token, everything);
      forgetFragment();
      setOutcome(everything ? "all" : "one");
    } catch (reason) {
      if (reason instanceof ApiError && reason.status === 404) setOutcome("gone");
      else setError(reason);
    } finally {
      setBusy(false);
    }
  }
  if (outcome === "gone") return <Gone />;
  if (outcome !== "asking") {
    return (
      <div className={styles.page}>
        <Heading title={t(outcome === "all" ? "off.doneAll" : "off.done")} />
        <p className="lead">{t("off.doneLead")}</p>
        <Link to="/" className={buttonClass()}>
          {t("guest.home")}
        </Link>
      </div>
    );
  }
  return (
    <div className={styles.page}>
      <Heading title={t("off.title")} />
      <p className="lead">{t("off.lead")}</p>
      <div className={styles.row}>
        <Button look="hot" rests={busy} onClick={() => void end(false)}>
          {t("off.one")}
        </Button>
        <Button rests={busy} aria-describedby="off-all" onClick={() => void end(true)}>
          {t("off.all")}
        </Button>
      </div>
      <p id="off-all" className={hintClass}>
        {t("off.allHint")}
      </p>
      {error !== null && <Problem>{wordsOf(error)}</Problem>}
    </div>
  );
}
