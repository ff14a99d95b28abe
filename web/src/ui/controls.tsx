import { Pause, Play } from "lucide-react";
import { useId, type ComponentProps, type ReactNode } from "react";
import styles from "./controls.module.css";

type ButtonProps = ComponentProps<"button">;

/** Class names of a button, for links that look like one. */
export function buttonClass(look: "plain" | "hot" | "quiet" = "plain", size: "usual" | "small" = "usual"): string {
  return [styles.button, look !== "plain" && styles[look], size === "small" && styles.small]
    .filter(Boolean)
    .join(" ");
}

/** Does nothing for now. A button that is truly disabled would lose the focus, and with it one's place. */
function resting(rests: boolean, onClick: ButtonProps["onClick"]): ButtonProps {
  return rests ? { "aria-disabled": true, onClick: (event) => event.preventDefault() } : { onClick };
}

export function Button({
  look = "plain",
  size = "usual",
  rests = false,
  onClick,
  ...rest
}: ButtonProps & { look?: "plain" | "hot" | "quiet"; size?: "usual" | "small"; rests?: boolean }) {
  return <button type="button" {...rest} {...resting(rests, onClick)} className={buttonClass(look, size)} />;
}

/** A round button with an icon only; `label` is its name. */
export function IconButton({
  label,
  children,
  rests = false,
  onClick,
  ...rest
}: ButtonProps & { label: string; rests?: boolean; children: ReactNode }) {
  return (
    <button
      type="button"
      title={label}
      aria-label={label}
      {...rest}
      {...resting(rests, onClick)}
      className={styles.icon}
    >
      {children}
    </button>
  );
}

export function PlayButton({
  playing,
  label,
  large = false,
  quiet = false,
  ...rest
}: ButtonProps & { playing: boolean; label: string; large?: boolean; quiet?: boolean }) {
  const Icon = playing ? Pause : Play;
  return (
    <button
      type="button"
      {...rest}
      aria-label={label}
      className={[styles.play, large && styles.large, quiet && !playing && styles.still].filter(Boolean).join(" ")}
    >
      <Icon size={large ? 28 : 20} strokeWidth={1.75} aria-hidden />
    </button>
  );
}

export interface FieldProps {
  label: string;
  hint?: string;
  error?: string | null;
  /** The control; it gets the id and the description's id. */
  children: (ids: { id: string; "aria-describedby"?: string; "aria-invalid"?: true }) => ReactNode;
}

export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId();
  const about = error || hint ? `${id}-about` : undefined;
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        ...(about ? { "aria-describedby": about } : {}),
        ...(error ? { "aria-invalid": true } : {}),
      })}
      {about && (
        <span id={about} className={error ? styles.error : styles.hint}>
          {error || hint}
        </span>
      )}
    </div>
  );
}

/** What went wrong, said at once to a screen reader. */
export function Problem({ children }: { children: ReactNode }) {
  return (
    <p role="alert" className={styles.notice}>
      {children}
    </p>
  );
}

/** For what looks like an icon button and is more than one. */
export const iconButtonClass = styles.icon;
export const hintClass = styles.hint;
export const labelClass = styles.label;
export const inputClass = styles.input;
