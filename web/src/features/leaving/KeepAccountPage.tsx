import { Link, useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { signIn } from "../../api/actions";
import { ApiError } from "../../api/client";
import { keepAccount, keepAccountByLink } from "../../api/privacy";
import { forgetFragment, takeFragment } from "../../lib/fragment";
import { t } from "../../lib/messages";
import { Button, buttonClass, Problem } from "../../ui/controls";
import { Heading } from "../../ui/Heading";
import { say } from "../../ui/said";
import { TextField } from "../../ui/TextField";
import { useSubmit } from "../../ui/useSubmit";
import styles from "./Leaving.module.css";
import "./words";

/** The way back for whoever asked to be erased: by the mail's link, or by address and password. */
export function KeepAccountPage() {
  const [token, setToken] = useState(() => takeFragment() ?? "");
  return token ? <ByLink token={token} onGone={() => setToken("")} /> : <ByPassword />;
}

function ByLink({ token, onGone }: { token: string; onGone: () => void }) {
  const [outcome, setOutcome] = useState<"asking" | "kept" | "gone">("asking");
  const form = useSubmit([], async () => {
    try {
      await keepAccountByLink(token);
      forgetFragment();
      setOutcome("kept");
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 404) throw error;
      forgetFragment();
      setOutcome("gone");
    }
  });
  if (outcome === "kept") {
    return (
      <div className={styles.page}>
        <Heading title={t("keep.done")} />
        <p className="lead">{t("keep.doneLead")}</p>
        <Link to="/sign-in" className={buttonClass("hot")}>
          {t("nav.signIn")}
        </Link>
      </div>
    );
  }
  if (outcome === "gone") {
    return (
      <div className={styles.page}>
        <Heading title={t("keep.goneTitle")} />
        <p className="lead">{t("keep.gone")}</p>
        <Button look="hot" onClick={onGone}>
          {t("keep.byPassword")}
        </Button>
      </div>
    );
  }
  return (
    <div className={styles.page}>
      <Heading title={t("keep.title")} />
      <p className="lead">{t("keep.lead")}</p>
      <form onSubmit={form.onSubmit}>
        <Button type="submit" look="hot" rests={form.busy}>
          {t("keep.submit")}
        </Button>
      </form>
      {form.other && <Problem>{form.other}</Problem>}
    </div>
  );
}

function ByPassword() {
  const router = useRouter();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const form = useSubmit([], async () => {
    await keepAccount(email.trim(), password);
    await signIn(email.trim(), password);
    say(t("keep.stays"));
    await router.navigate({ to: "/" });
  }, { leaves: true });
  return (
    <div className={styles.page}>
      <Heading title={t("keep.title")} />
      <p className="lead">{t("keep.lead")}</p>
      <form className={styles.form} onSubmit={form.onSubmit}>
        <TextField
          label={t("account.email")}
          type="email"
          name="email"
          autoComplete="username"
          value={email}
          onChange={setEmail}
        />
        <TextField
          label={t("account.password")}
          type="password"
          name="password"
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
        />
        {form.other && <Problem>{form.other}</Problem>}
        <Button type="submit" look="hot" rests={form.busy}>
          {form.busy ? t("keep.working") : t("keep.submit")}
        </Button>
      </form>
    </div>
  );
}
