import { useState } from "react";
import { changeDisplayName } from "../../api/actions";
import type { Me } from "../../api/types";
import { t } from "../../lib/messages";
import { Button, Problem } from "../../ui/controls";
import { say } from "../../ui/said";
import { TextField } from "../../ui/TextField";
import { useSubmit } from "../../ui/useSubmit";
import styles from "./SettingsPage.module.css";
import "./words";

const FIELDS = ["display_name"] as const;

/** What somebody is called here. */
export function Name({ me }: { me: Me }) {
  const [name, setName] = useState(me.display_name);
  const form = useSubmit(FIELDS, async () => {
    await changeDisplayName(name.trim());
    say(t("settings.nameChanged", { name: name.trim() }));
  });
  return (
    <form className={styles.form} onSubmit={form.onSubmit}>
      <TextField
        label={t("account.name")}
        hint={t("account.nameHint")}
        error={form.at("display_name")}
        name="name"
        autoComplete="name"
        maxLength={80}
        value={name}
        onChange={setName}
      />
      {form.other && <Problem>{form.other}</Problem>}
      <Button type="submit" rests={form.busy || name.trim() === me.display_name}>
        {t("settings.saveName")}
      </Button>
    </form>
  );
}
