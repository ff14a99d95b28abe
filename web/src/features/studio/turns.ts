import { useRef, useState } from "react";
import { wordsOf } from "../../api/client";
import { say } from "../../ui/said";

/**
 * What is asked of one track or release, done in the order of the presses. A press that comes while another
 * answer is on its way waits its turn: none goes unheard.
 */
export function useTurns() {
  const last = useRef<Promise<unknown>>(Promise.resolve());
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);

  /** Raises what `action` does; what comes after it goes on all the same. */
  function inTurn<T>(action: () => Promise<T>): Promise<T> {
    const done = last.current.then(action);
    last.current = done.catch(() => undefined);
    return done;
  }

  /** Of two presses the second would undo the first (published, and taken back), so it rests meanwhile. */
  async function press<T>(action: () => Promise<T>, words: (done: T) => string, undo?: () => void): Promise<void> {
    setBusy(true);
    setError(null);
    try {
      say(words(await inTurn(action)), undo ? { undo } : {});
    } catch (refused) {
      setError(wordsOf(refused));
    } finally {
      setBusy(false);
    }
  }

  return { inTurn, press, busy, error };
}
