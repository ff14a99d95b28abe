import { Link, getRouteApi, useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { signIn } from "../../api/actions";
import { wordsOf } from "../../api/client";
import { t } from "../../lib/messages";
import { Heading } from "../../ui/Heading";
import { Button, Field, Problem } from "../../ui/controls";
import styles from "./AccountForm.module.css";

const route = getRouteApi("/sign-in");

export function SignInPage() {
  const { next } = route.useSearch();
  const router = useRouter();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);

  async function submit(event: React.FormEvent) {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await signIn(email.trim(), password);
      await router.invalidate();
      router.history.push(next ?? "/");
    } catch (refused) {
      setError(refused);
      setBusy(false);
    }
  }

  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <Heading title={t("signIn.title")} />
        <p className="lead">{t("signIn.lead")}</p>
      </header>
      <form className={styles.form} onSubmit={(event) => void submit(event)}>
        <Field label={t("account.email")}>
          {(ids) => (
            <input
              {...ids}
              type="email"
              name="email"
              autoComplete="username"
              required
              value={email}
              onChange={(event) => setEmail(event.currentTarget.value)}
            />
          )}
        </Field>
        <Field label={t("account.password")}>
          {(ids) => (
            <input
              {...ids}
              type="password"
              name="password"
              autoComplete="current-password"
              required
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
          )}
        </Field>
        {error !== null && <Problem>{wordsOf(error)}</Problem>}
        <Button type="submit" look="hot" rests={busy}>
          {busy ? t("account.working") : t("signIn.submit")}
        </Button>
      </form>
      <p>
        {t("signIn.noAccount")}{" "}
        <Link to="/sign-up" search={next ? { next } : {}}>
          {t("signIn.toSignUp")}
        </Link>
      </p>
    </div>
  );
}
