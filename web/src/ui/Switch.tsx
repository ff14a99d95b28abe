import { useId } from "react";
import styles from "./Switch.module.css";

interface SwitchProps {
  label: string;
  hint?: string;
  checked: boolean;
  /** Can't be switched for now; the hint says why. */
  rests?: boolean;
  onChange: (checked: boolean) => void;
}

/** On or off, taking effect at once. A checkbox of the browser's, drawn and named as a switch. */
export function Switch({ label, hint, checked, rests = false, onChange }: SwitchProps) {
  const id = useId();
  return (
    <div className={styles.row}>
      <label htmlFor={id} className={styles.words}>
        {label}
        {hint && (
          <span id={`${id}-hint`} className={styles.hint}>
            {hint}
          </span>
        )}
      </label>
      <input
        id={id}
        type="checkbox"
        role="switch"
        className={styles.switch}
        checked={checked}
        aria-checked={checked}
        aria-disabled={rests || undefined}
        aria-label={label}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => rests || onChange(event.currentTarget.checked)}
      />
    </div>
  );
}
