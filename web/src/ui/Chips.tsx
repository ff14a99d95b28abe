import styles from "./Chips.module.css";

interface ChipsProps<T extends string | number> {
  label: string;
  options: readonly { value: T; label: string }[];
  chosen: readonly T[];
  onChange: (chosen: T[]) => void;
}

/** Any of some, side by side, taking effect at once: checkboxes of the browser's. */
export function Chips<T extends string | number>({ label, options, chosen, onChange }: ChipsProps<T>) {
  return (
    <fieldset className={styles.chips}>
      <legend>{label}</legend>
      <div className={styles.options}>
        {options.map(({ value, label: words }) => (
          <label key={value} className={styles.chip}>
            <input
              type="checkbox"
              checked={chosen.includes(value)}
              onChange={() => onChange(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value])}
            />
            <span>{words}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
