import { useState } from "react";
import { t } from "../../lib/messages";
import { Button, inputClass } from "../../ui/controls";
import styles from "./Studio.module.css";

/** A title's own field, in its place; saving what it was already changes nothing. */
export function Rename({
  title,
  onSave,
  onDone,
}: {
  title: string;
  onSave: (title: string) => void;
  onDone: () => void;
}) {
  const [value, setValue] = useState(title);
  return (
    <form
      className={styles.rename}
      onSubmit={(event) => {
        event.preventDefault();
        const next = value.trim();
        if (next && next !== title) onSave(next);
        else onDone();
      }}
    >
      <input
        className={inputClass}
        aria-label={t("studio.renameField")}
        // Pressing “Rename” asks for the field.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        required
        maxLength={200}
        value={value}
        onChange={(event) => setValue(event.currentTarget.value)}
        onKeyDown={(event) => event.key === "Escape" && onDone()}
      />
      <Button type="submit" size="small" look="hot">
        {t("studio.save")}
      </Button>
      <Button size="small" look="quiet" onClick={onDone}>
        {t("studio.cancel")}
      </Button>
    </form>
  );
}
