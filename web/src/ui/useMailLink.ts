import { useState } from "react";
import { ApiError } from "../api/client";
import { forgetFragment, takeFragment } from "../lib/fragment";

interface MailLink {
  /** It came without its secret, was used before, or is too old. */
  readonly over: boolean;
  /** Does with the secret what the link is for; from then on, and when the server does not know it, it is forgotten. */
  use<T>(act: (secret: string) => Promise<T>): Promise<T>;
}

/** The link of a mail that this page was opened with. Opening uses nothing: mail programs open links by themselves. */
export function useMailLink(): MailLink {
  const [secret] = useState(takeFragment);
  const [over, setOver] = useState(secret === null);
  return {
    over,
    async use(act) {
      try {
        const done = await act(secret ?? "");
        forgetFragment();
        return done;
      } catch (error) {
        if (error instanceof ApiError && error.status === 404) {
          forgetFragment();
          setOver(true);
        }
        throw error;
      }
    },
  };
}
