import { useQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { wordsOf } from "../../api/client";
import { isKept, keep, type Keepable } from "../../api/library";
import { meQuery } from "../../api/queries";
import { t } from "../../lib/messages";
import { short } from "../../lib/short";
import { say } from "../said";
import { waiting, waitingFor } from "./waiting";
import "./words";

/** Saves or follows, or stops it, with a word that takes it back. A guest is led to sign in, and back to where they were. */
export function useKeeping(): (thing: Keepable) => void {
  const router = useRouter();
  const { data: me } = useQuery(meQuery);
  return (thing) => {
    if (me) void keepAndSay(thing, !isKept(thing));
    else {
      const next = router.state.location.href;
      waiting.set({ thing, next });
      void router.navigate({ to: "/sign-in", search: { next } });
    }
  };
}

/** What waited for somebody to sign in; done before the page they go back to asks what is saved. Never raises. */
export async function keepWaiting(next: string | undefined): Promise<void> {
  const thing = waitingFor(next);
  waiting.set({ thing: null, next: null });
  if (thing) await keepAndSay(thing, true);
}

async function keepAndSay(thing: Keepable, kept: boolean): Promise<void> {
  const name = thing.kind === "artist" ? thing.item.name : thing.item.title;
  const did = t(kept ? `keep.${thing.kind}.did` : `keep.${thing.kind}.undid`, { name: short(name) });
  const sent = keep(thing, kept);
  const unsay = say(did, { undo: () => void keepAndSay(thing, !kept) });
  await sent.catch((error: unknown) => {
    unsay();
    say(wordsOf(error));
  });
}
