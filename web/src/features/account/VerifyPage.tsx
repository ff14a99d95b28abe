import { Link } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { confirmEmail } from "../../api/emails";
import { t } from "../../lib/messages";
import { Button, buttonClass, Problem } from "../../ui/controls";
import { Heading } from "../../ui/Heading";
import { useMailLink } from "../../ui/useMailLink";
import { useSubmit } from "../../ui/useSubmit";
import styles from "./AccountPage.module.css";
import { LinkOver } from "./LinkOver";
import "./words";

/** Where the link that confirms an address leads. A press uses it: mail programs open links by themselves. */
export function VerifyPage() {
  const link = useMailLink();
  const [confirmed, setConfirmed] = useState("");
  const form = useSubmit([], async () => {
    setConfirmed((await link.use(confirmEmail)).email);
  });
  if (confirmed) return <Confirmed email={confirmed} />;
  if (link.over) return <LinkOver words={t("verify.over")} action={t("verify.overAction")} to="/settings" />;
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
