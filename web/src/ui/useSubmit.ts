import { useEffect, useRef, useState, type FormEvent } from "react";
import { fieldError, wordsOf } from "../api/client";

export interface Submit {
  busy: boolean;
  /** Why the field of that name was refused. */
  at: (field: string) => string | null;
  /** Why the whole was refused, if that is about none of the fields. */
  other: string | null;
  onSubmit: (event: FormEvent) => void;
}

/**
 * A form's one press: what was written stays when it is refused, the words stand at the field that they are about,
 * and the focus goes there. With `leaves`, success leads to another page: until that stands, the form stays busy.
 */
export function useSubmit(fields: readonly string[], act: () => Promise<void>, { leaves = false } = {}): Submit {
  // Two presses may come before the first is drawn.
  const under = useRef(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const refused = useRef<Element | null>(null);
  // Once the refusal is drawn: before that no field is marked.
  useEffect(() => {
    if (error !== null) refused.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  }, [error]);
  const at = (field: string): string | null => fieldError(error, field);

  async function onSubmit(event: FormEvent) {
    event.preventDefault();
    refused.current = event.currentTarget;
    if (under.current) return;
    under.current = true;
    setBusy(true);
    setError(null);
    try {
      await act();
      if (!leaves) setBusy(false);
    } catch (reason) {
      setBusy(false);
      setError(reason);
    } finally {
      under.current = false;
    }
  }
  const other = error === null || fields.some((field) => at(field)) ? null : wordsOf(error);
  return { busy, at, other, onSubmit: (event: FormEvent) => void onSubmit(event) };
}
