import { useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { resetPassword } from "../../api/emails";
import { t } from "../../lib/messages";
import { say } from "../../ui/said";
import { TextField } from "../../ui/TextField";
import { useMailLink } from "../../ui/useMailLink";
import { useSubmit } from "../../ui/useSubmit";
import { AccountPage } from "./AccountPage";
import { LinkOver } from "./LinkOver";
import "./words";

/** Where the link of a forgotten password leads. */
export function ResetPage() {
  const router = useRouter();
  const link = useMailLink();
  const [password, setPassword] = useState("");
  const form = useSubmit(
    ["password"],
    async () => {
      await link.use((secret) => resetPassword(secret, password));
      say(t("reset.done"));
      await router.navigate({ to: "/sign-in" });
    },
    { leaves: true },
  );
  if (link.over) return <LinkOver words={t("reset.over")} action={t("reset.overAction")} to="/forgot" />;
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
