import { Field } from "./controls";

interface TextFieldProps {
  label: string;
  hint?: string;
  error?: string | null;
  value: string;
  onChange: (value: string) => void;
  type?: "text" | "email" | "password";
  name: string;
  autoComplete: string;
  minLength?: number;
  maxLength?: number;
}

/** A line that has to be filled in. */
export function TextField({ label, hint, error, onChange, ...input }: TextFieldProps) {
  return (
    <Field label={label} {...(hint ? { hint } : {})} error={error ?? null}>
      {(ids) => <input {...ids} {...input} required onChange={(event) => onChange(event.currentTarget.value)} />}
    </Field>
  );
}
