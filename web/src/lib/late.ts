/** A part of the code that is fetched when first needed. One that could not be fetched is asked for again next time. */
export interface Late<T> {
  /** The part, if it is here already. */
  ready(): T | null;
  fetch(): Promise<T>;
  /** Ahead of the press that a pointer or the focus announces; never fails. */
  warm(): void;
}

export function late<T>(fetchPart: () => Promise<T>): Late<T> {
  let part: T | null = null;
  let coming: Promise<T> | null = null;
  const fetch = () =>
    (coming ??= fetchPart().then(
      (arrived) => (part = arrived),
      (error: unknown) => {
        coming = null;
        throw error;
      },
    ));
  return { ready: () => part, fetch, warm: () => void fetch().catch(() => {}) };
}
