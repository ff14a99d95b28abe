import { useState, type FormEvent } from "react";
import { fieldError, wordsOf } from "../../api/client";

/**
 * A form's one press: what was written stays when it is refused, the words stand at the field that they are about,
 * and the focus goes there.
 */
export function useSubmit(fields: readonly string[], act: () => Promise<void>) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const at = (field: string): string | null => fieldError(error, field);

  async function onSubmit(event: FormEvent) {
    event.preventDefault();
    const form = event.currentTarget;
    if (busy) return;
    setBusy(true);
    setError(null);
    try {
      await act();
    } catch (refused) {
      setError(refused);
      requestAnimationFrame(() => form.querySelector<HTMLElement>("[aria-invalid]")?.focus());
    } finally {
      setBusy(false);
    }
  }
  const other = error === null || fields.some((field) => at(field)) ? null : wordsOf(error);
  return { busy, at, other, onSubmit: (event: FormEvent) => void onSubmit(event) };
}
