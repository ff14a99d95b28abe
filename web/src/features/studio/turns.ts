import { useRef, useState } from "react";
import { wordsOf } from "../../api/client";
import { say } from "../../ui/said";

/** Publishing and taking back are one kind: the second press of the two would undo the first. */
export type Turn = "title" | "release" | "publication";

/**
 * What is asked of one track or release, done in the order of the presses. A press that comes while another
 * answer is on its way waits its turn: none goes unheard. Only its own kind rests meanwhile.
 */
export function useTurns() {
  const last = useRef<Promise<void>>(Promise.resolve());
  const [pending, setPending] = useState<readonly Turn[]>([]);
  const [error, setError] = useState<string | null>(null);

  async function act<T>(action: () => Promise<T>, words: (done: T) => string) {
    setError(null);
    try {
      say(words(await action()));
    } catch (refused) {
      setError(wordsOf(refused));
    }
  }

  /** `words` are said of what came of it. */
  function take<T>(turn: Turn, action: () => Promise<T>, words: (done: T) => string): void {
    setPending((now) => [...now, turn]);
    last.current = last.current
      .then(() => act(action, words))
      .then(() => setPending((now) => now.toSpliced(now.indexOf(turn), 1)));
  }

  return { take, error, isPending: (turn: Turn) => pending.includes(turn) };
}
