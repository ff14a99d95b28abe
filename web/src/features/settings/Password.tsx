import { useState } from "react";
import { changePassword } from "../../api/actions";
import type { Me } from "../../api/types";
import { t } from "../../lib/messages";
import { Button, Problem } from "../../ui/controls";
import { say } from "../../ui/said";
import { TextField } from "../../ui/TextField";
import { useSubmit } from "../../ui/useSubmit";
import styles from "./SettingsPage.module.css";
import "./words";

const FIELDS = ["current", "new"] as const;

/** A new password for the present one. */
export function Password({ me }: { me: Me }) {
  const [current, setCurrent] = useState("");
  const [chosen, setChosen] = useState("");
  const form = useSubmit(FIELDS, async () => {
    await changePassword(current, chosen);
    setCurrent("");
    setChosen("");
    say(t("settings.passwordChanged"));
  });
  return (
    <form className={styles.form} onSubmit={form.onSubmit}>
      {/* Password managers look for whose password it is. */}
      <input type="email" name="email" autoComplete="username" value={me.email} readOnly hidden />
      <TextField
        label={t("settings.currentPassword")}
        error={form.at("current")}
        type="password"
        name="current"
        autoComplete="current-password"
        value={current}
        onChange={setCurrent}
      />
      <TextField
        label={t("settings.newPassword")}
        hint={t("account.passwordHint")}
        error={form.at("new")}
        type="password"
        name="new"
        autoComplete="new-password"
        minLength={10}
        value={chosen}
        onChange={setChosen}
      />
      {form.other && <Problem>{form.other}</Problem>}
      <Button type="submit" rests={form.busy}>
        {t("settings.changePassword")}
      </Button>
    </form>
  );
}
