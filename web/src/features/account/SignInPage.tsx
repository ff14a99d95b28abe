import { getRouteApi, Link, useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { signIn } from "../../api/actions";
import { ApiError } from "../../api/client";
import { isParty } from "../../api/library";
import { t } from "../../lib/messages";
import { TextField } from "../../ui/TextField";
import { AccountPage, useWayIn } from "./AccountPage";
import { keepWaiting } from "../../ui/keep/useKeeping";
import { waitingFor } from "../../ui/keep/waiting";

const route = getRouteApi("/sign-in");

export function SignInPage() {
  const { next } = route.useSearch();
  const router = useRouter();
  const [asked] = useState(() => waitingFor(next));
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const wayIn = useWayIn([], async () => {
    try {
      await signIn(email.trim(), password);
    } catch (error) {
      // Somebody who is leaving can do one thing only.
      if (error instanceof ApiError && error.code === "account_leaving") await router.navigate({ to: "/keep-account" });
      throw error;
    }
    await keepWaiting(next);
  }, next ?? "/");
  return (
    <AccountPage
      title={t("signIn.title")}
      lead={t(asked ? (isParty(asked) ? "signIn.thenFollowed" : "signIn.thenSaved") : "signIn.lead")}
      submit={t("signIn.submit")}
      form={wayIn}
      other={{ words: t("signIn.noAccount"), link: t("signIn.toSignUp"), to: "/sign-up", next }}
      fields={
        <>
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
          <p>
            <Link to="/forgot">{t("signIn.forgot")}</Link>
          </p>
        </>
      }
    />
  );
}
