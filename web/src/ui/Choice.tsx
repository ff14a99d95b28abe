import { useId } from "react";
import type { LucideIcon } from "lucide-react";
import styles from "./Choice.module.css";

interface ChoiceProps<T extends string> {
  label: string;
  options: readonly { value: T; label: string; icon?: LucideIcon }[];
  value: T;
  onChange: (value: T) => void;
}

/** One of a few, side by side, taking effect at once: radio buttons of the browser's. */
export function Choice<T extends string>({ label, options, value, onChange }: ChoiceProps<T>) {
  const name = useId();
  return (
    <fieldset className={styles.choice}>
      <legend>{label}</legend>
      <div className={styles.options}>
        {options.map(({ value: own, label: words, icon: Icon }) => (
          <label key={own} className={styles.option}>
            <input
              type="radio"
              name={name}
              checked={own === value}
              onChange={() => onChange(own)}
            />
            {Icon && <Icon size={20} strokeWidth={1.75} aria-hidden />}
            {words}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
