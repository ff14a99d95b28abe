import { useState } from "react";
import { wordsOf } from "../../api/client";
import { askToVerify, changeEmail, stopEmailChange } from "../../api/emails";
import type { Me } from "../../api/types";
import { t } from "../../lib/messages";
import { Button, Problem } from "../../ui/controls";
import { say } from "../../ui/said";
import { TextField } from "../../ui/TextField";
import { useSubmit } from "../../ui/useSubmit";
import styles from "./SettingsPage.module.css";
import "./words";

/** The address, how it stands with it, and another one. */
export function Email({ me }: { me: Me }) {
  return (
    <>
      <State me={me} />
      {me.email_pending && <Pending email={me.email_pending} />}
      <Change me={me} />
    </>
  );
}

function State({ me }: { me: Me }) {
  const [busy, setBusy] = useState(false);
  const good = me.verified && !me.email_returned;
  async function send() {
    setBusy(true);
    try {
      await askToVerify();
      say(t("settings.emailSent", { email: me.email }));
    } catch (error) {
      say(wordsOf(error));
    }
    setBusy(false);
  }
  const words = me.email_returned ? "settings.emailReturned" : me.verified ? "settings.emailGood" : "settings.emailOpen";
  return (
    <div className={styles.state}>
      <strong className={styles.long}>{me.email}</strong>
      <span className="muted">{t(words)}</span>
      {!good && (
        <Button size="small" rests={busy} onClick={() => void send()}>
          {t("settings.emailSend")}
        </Button>
      )}
    </div>
  );
}

function Pending({ email }: { email: string }) {
  const [busy, setBusy] = useState(false);
  async function stop() {
    setBusy(true);
    try {
      await stopEmailChange();
      say(t("settings.emailStopped"));
    } catch (error) {
      say(wordsOf(error));
      setBusy(false);
    }
  }
  return (
    <div className={styles.state}>
      <span className={styles.long}>{t("settings.emailPending", { email })}</span>
      <Button size="small" look="quiet" rests={busy} onClick={() => void stop()}>
        {t("settings.emailStop")}
      </Button>
    </div>
  );
}

function Change({ me }: { me: Me }) {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const form = useSubmit(["email", "password"], async () => {
    const { email: asked } = await changeEmail(email.trim(), password);
    setEmail("");
    setPassword("");
    say(t("settings.emailAsked", { email: asked }));
  });
  return (
    <form className={styles.form} onSubmit={form.onSubmit}>
      <input type="email" name="username" autoComplete="username" value={me.email} readOnly hidden />
      <TextField
        label={t("settings.newEmail")}
        hint={t("settings.newEmailHint")}
        error={form.at("email")}
        type="email"
        name="new-email"
        autoComplete="email"
        value={email}
        onChange={setEmail}
      />
      <TextField
        label={t("settings.emailPassword")}
        error={form.at("password")}
        type="password"
        name="email-password"
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
      />
      {form.other && <Problem>{form.other}</Problem>}
      <Button type="submit" rests={form.busy}>
        {t("settings.changeEmail")}
      </Button>
    </form>
  );
}
