import { Link, getRouteApi, useRouter } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { signUp } from "../../api/actions";
import { fieldError, newKey, wordsOf } from "../../api/client";
import { t } from "../../lib/messages";
import { Heading } from "../../ui/Heading";
import { Button, Field, Problem } from "../../ui/controls";
import styles from "./AccountForm.module.css";

const route = getRouteApi("/sign-up");
const FIELDS = ["display_name", "email", "password"] as const;

export function SignUpPage() {
  const { next } = route.useSearch();
  const router = useRouter();
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  // One key per set of answers: a changed answer is another request.
  const key = useRef({ for: "", value: "" });

  async function submit(event: React.FormEvent) {
    event.preventDefault();
    const answers = JSON.stringify([name, email, password]);
    if (key.current.for !== answers) key.current = { for: answers, value: newKey() };
    setBusy(true);
    setError(null);
    try {
      await signUp(email.trim(), password, name.trim(), key.current.value);
      await router.invalidate();
      router.history.push(next ?? "/studio");
    } catch (refused) {
      setError(refused);
      setBusy(false);
    }
  }

  const named = FIELDS.some((field) => fieldError(error, field));
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <Heading title={t("signUp.title")} />
        <p className="lead">{t("signUp.lead")}</p>
      </header>
      <form className={styles.form} onSubmit={(event) => void submit(event)}>
        <Field
          label={t("account.name")}
          hint={t("account.nameHint")}
          error={fieldError(error, "display_name")}
        >
          {(ids) => (
            <input
              {...ids}
              name="name"
              autoComplete="name"
              required
              maxLength={80}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
          )}
        </Field>
        <Field label={t("account.email")} error={fieldError(error, "email")}>
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
        <Field
          label={t("account.password")}
          hint={t("account.passwordHint")}
          error={fieldError(error, "password")}
        >
          {(ids) => (
            <input
              {...ids}
              type="password"
              name="password"
              autoComplete="new-password"
              required
              minLength={10}
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
          )}
        </Field>
        {error !== null && !named && <Problem>{wordsOf(error)}</Problem>}
        <Button type="submit" look="hot" rests={busy}>
          {busy ? t("account.working") : t("signUp.submit")}
        </Button>
      </form>
      <p>
        {t("signUp.hasAccount")}{" "}
        <Link to="/sign-in" search={next ? { next } : {}}>
          {t("signUp.toSignIn")}
        </Link>
      </p>
    </div>
  );
}
