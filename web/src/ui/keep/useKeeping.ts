import { useRouter, type AnyRouter } from "@tanstack/react-router";
import { wordsOf } from "../../api/client";
import { isKept, isParty, keep, nameOf, type Keepable } from "../../api/library";
import { meQuery } from "../../api/queries";
import { queryClient } from "../../api/queryClient";
import { t } from "../../lib/messages";
import { short } from "../../lib/short";
import { say } from "../said";
import { waiting, waitingFor } from "./waiting";
import "./words";

/** Saves or follows, or stops it, with a word that takes it back. A guest is led to sign in, and back to where they were. */
export function useKeeping(): (thing: Keepable) => void {
  const router = useRouter();
  return (thing) => void keepOrSignIn(router, thing, !isKept(thing));
}

async function keepOrSignIn(router: AnyRouter, thing: Keepable, kept: boolean): Promise<void> {
  const next = router.state.location.href;
  try {
    // A press may come before it is known who is looking: nobody is taken for a guest meanwhile.
    if (await queryClient.ensureQueryData(meQuery)) return await keepAndSay(thing, kept);
  } catch (error) {
    return void say(wordsOf(error));
  }
  waiting.set({ thing, next });
  await router.navigate({ to: "/sign-in", search: { next } });
}

/** What waited for somebody to sign in; done before the page they go back to asks what is saved. Never raises. */
export async function keepWaiting(next: string | undefined): Promise<void> {
  const thing = waitingFor(next);
  waiting.set({ thing: null, next: null });
  if (thing) await keepAndSay(thing, true);
}

async function keepAndSay(thing: Keepable, kept: boolean): Promise<void> {
  const of = isParty(thing) ? "party" : thing.kind;
  const did = t(kept ? `keep.${of}.did` : `keep.${of}.undid`, { name: short(nameOf(thing)) });
  const sent = keep(thing, kept);
  const unsay = say(did, { undo: () => void keepAndSay(thing, !kept) });
  await sent.catch((error: unknown) => {
    unsay();
    say(wordsOf(error));
  });
}
