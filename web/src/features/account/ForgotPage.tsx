import { Link } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { forgotPassword } from "../../api/emails";
import { t } from "../../lib/messages";
import { buttonClass } from "../../ui/controls";
import { Heading } from "../../ui/Heading";
import { TextField } from "../../ui/TextField";
import { useSubmit } from "../../ui/useSubmit";
import { AccountPage } from "./AccountPage";
import styles from "./AccountPage.module.css";
import "./words";

/** Asks for a link to choose a new password with. */
export function ForgotPage() {
  const [email, setEmail] = useState("");
  const [asked, setAsked] = useState(false);
  const form = useSubmit(["email"], async () => {
    await forgotPassword(email.trim());
    setAsked(true);
  });
  if (asked) return <Asked email={email.trim()} />;
  return (
    <AccountPage
      title={t("forgot.title")}
      lead={t("forgot.lead")}
      submit={t("forgot.submit")}
      form={form}
      other={{ words: t("forgot.remembered"), link: t("signIn.submit"), to: "/sign-in", next: undefined }}
      fields={
        <TextField
          label={t("account.email")}
          error={form.at("email")}
          type="email"
          name="email"
          autoComplete="username"
          value={email}
          onChange={setEmail}
        />
      }
    />
  );
}

/** The same for everybody: who has an account here is nobody else's affair. */
function Asked({ email }: { email: string }) {
  const words = useRef<HTMLParagraphElement>(null);
  useEffect(() => words.current?.focus(), []);
  return (
    <div className={styles.head}>
      <Heading title={t("forgot.askedTitle")} />
      <p className="lead" ref={words} tabIndex={-1}>
        {t("forgot.asked", { email })}
      </p>
      <p>{t("forgot.nothingCame")}</p>
      <p>
        <Link to="/sign-in" className={buttonClass()}>
          {t("signIn.submit")}
        </Link>
      </p>
    </div>
  );
}
