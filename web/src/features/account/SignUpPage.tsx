import { getRouteApi, useRouter } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { signUp } from "../../api/actions";
import { ApiError, newKey } from "../../api/client";
import { t } from "../../lib/messages";
import { TextField } from "../../ui/TextField";
import { AccountPage, useWayIn } from "./AccountPage";
import { Born, monthOf } from "./Born";
import { TooYoung } from "./TooYoung";
import { Agreement } from "../../ui/legal/LegalLinks";
import { keepWaiting } from "../../ui/keep/useKeeping";
import { say } from "../../ui/said";

const route = getRouteApi("/sign-up");
const FIELDS = ["display_name", "email", "password", "born"] as const;

export function SignUpPage() {
  const router = useRouter();
  const { next } = route.useSearch();
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [born, setBorn] = useState({ month: "", year: "" });
  const [tooYoung, setTooYoung] = useState(false);
  // One key per set of answers: a changed answer is another request.
  const key = useRef({ for: "", value: "" });
  const wayIn = useWayIn(FIELDS, async () => {
    const answers = JSON.stringify([name, email, password, born]);
    if (key.current.for !== answers) key.current = { for: answers, value: newKey() };
    try {
      await signUp({ email: email.trim(), password, display_name: name.trim(), born: monthOf(born) }, key.current.value);
    } catch (error) {
      if (error instanceof ApiError && error.code === "too_young") setTooYoung(true);
      throw error;
    }
    await keepWaiting(next);
    if (!next) say(t("signUp.done"), { offer: { words: t("signUp.toStudio"), act: () => router.history.push("/studio") } });
  }, next ?? "/welcome");
  if (tooYoung) return <TooYoung />;
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
          <Born value={born} error={wayIn.at("born")} onChange={setBorn} />
          <Agreement />
        </>
      }
    />
  );
}
