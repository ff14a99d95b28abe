import { useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { ApiError } from "../../api/client";
import { resetPassword } from "../../api/emails";
import { forgetFragment, takeFragment } from "../../lib/fragment";
import { t } from "../../lib/messages";
import { say } from "../../ui/said";
import { TextField } from "../../ui/TextField";
import { useSubmit } from "../../ui/useSubmit";
import { AccountPage } from "./AccountPage";
import { LinkOver } from "./LinkOver";
import "./words";

/** Where the link of a forgotten password leads. */
export function ResetPage() {
  const router = useRouter();
  const [token] = useState(takeFragment);
  const [over, setOver] = useState(token === null);
  const [password, setPassword] = useState("");
  const form = useSubmit(
    ["password"],
    async () => {
      try {
        await resetPassword(token ?? "", password);
      } catch (error) {
        if (error instanceof ApiError && error.status === 404) {
          forgetFragment();
          setOver(true);
        }
        throw error;
      }
      forgetFragment();
      say(t("reset.done"));
      await router.navigate({ to: "/sign-in" });
    },
    { leaves: true },
  );
  if (over) return <LinkOver words={t("reset.over")} action={t("reset.overAction")} to="/forgot" />;
  return (
    <AccountPage
      title={t("reset.title")}
      lead={t("reset.lead")}
      submit={t("reset.submit")}
      form={form}
      other={{ words: t("forgot.remembered"), link: t("signIn.submit"), to: "/sign-in", next: undefined }}
      fields={
        <TextField
          label={t("reset.password")}
          hint={t("account.passwordHint")}
          error={form.at("password")}
          type="password"
          name="password"
          autoComplete="new-password"
          minLength={10}
          value={password}
          onChange={setPassword}
        />
      }
    />
  );
}
