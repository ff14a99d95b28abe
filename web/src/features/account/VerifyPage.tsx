import { Link } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { ApiError } from "../../api/client";
import { confirmEmail } from "../../api/emails";
import { forgetFragment, takeFragment } from "../../lib/fragment";
import { t } from "../../lib/messages";
import { Button, buttonClass, Problem } from "../../ui/controls";
import { Heading } from "../../ui/Heading";
import { useSubmit } from "../../ui/useSubmit";
import styles from "./AccountPage.module.css";
import { LinkOver } from "./LinkOver";
import "./words";

/** Where the link that confirms an address leads. A press uses it: mail programs open links by themselves. */
export function VerifyPage() {
  const [token] = useState(takeFragment);
  const [over, setOver] = useState(token === null);
  const [confirmed, setConfirmed] = useState("");
  const form = useSubmit([], async () => {
    try {
      setConfirmed((await confirmEmail(token ?? "")).email);
      forgetFragment();
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) {
        forgetFragment();
        setOver(true);
      }
      throw error;
    }
  });
  if (confirmed) return <Confirmed email={confirmed} />;
  if (over) return <LinkOver words={t("verify.over")} action={t("verify.overAction")} to="/settings" />;
  return (
    <div className={styles.head}>
      <Heading title={t("verify.title")} />
      <p className="lead">{t("verify.lead")}</p>
      <form onSubmit={form.onSubmit}>
        <Button type="submit" look="hot" rests={form.busy}>
          {t("verify.submit")}
        </Button>
      </form>
      {form.other && <Problem>{form.other}</Problem>}
    </div>
  );
}

function Confirmed({ email }: { email: string }) {
  const words = useRef<HTMLParagraphElement>(null);
  useEffect(() => words.current?.focus(), []);
  return (
    <div className={styles.head}>
      <Heading title={t("verify.doneTitle")} />
      <p className="lead" ref={words} tabIndex={-1}>
        {t("verify.done", { email })}
      </p>
      <p>
        <Link to="/" className={buttonClass("hot")}>
          {t("verify.goOn")}
        </Link>
      </p>
    </div>
  );
}
