import { getRouteApi, useRouter } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { signUp } from "../../api/actions";
import { newKey } from "../../api/client";
import { t } from "../../lib/messages";
import { TextField } from "../../ui/TextField";
import { AccountPage, useWayIn } from "./AccountPage";
import { Agreement } from "../../ui/legal/LegalLinks";
import { keepWaiting } from "../../ui/keep/useKeeping";
import { say } from "../../ui/said";

const route = getRouteApi("/sign-up");
const FIELDS = ["display_name", "email", "password"] as const;

export function SignUpPage() {
  const router = useRouter();
  const { next } = route.useSearch();
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  // One key per set of answers: a changed answer is another request.
  const key = useRef({ for: "", value: "" });
  const wayIn = useWayIn(FIELDS, async () => {
    const answers = JSON.stringify([name, email, password]);
    if (key.current.for !== answers) key.current = { for: answers, value: newKey() };
    await signUp(email.trim(), password, name.trim(), key.current.value);
    await keepWaiting(next);
    if (!next) say(t("signUp.done"), { offer: { words: t("signUp.toStudio"), act: () => router.history.push("/studio") } });
  }, next ?? "/welcome");
  return (
    <AccountPage
      title={t("signUp.title")}
      lead={t("signUp.lead")}
      submit={t("signUp.submit")}
      form={wayIn}
      other={{ words: t("signUp.hasAccount"), link: t("signUp.toSignIn"), to: "/sign-in", next }}
      fields={
        <>
          <TextField
            label={t("account.name")}
            hint={t("account.nameHint")}
            error={wayIn.at("display_name")}
            name="name"
            autoComplete="name"
            maxLength={80}
            value={name}
            onChange={setName}
          />
          <TextField
            label={t("account.email")}
            error={wayIn.at("email")}
            type="email"
            name="email"
            autoComplete="username"
            value={email}
            onChange={setEmail}
          />
          <TextField
            label={t("account.password")}
            hint={t("account.passwordHint")}
            error={wayIn.at("password")}
            type="password"
            name="password"
            autoComplete="new-password"
            minLength={10}
            value={password}
            onChange={setPassword}
          />
          <Agreement />
        </>
      }
    />
  );
}
