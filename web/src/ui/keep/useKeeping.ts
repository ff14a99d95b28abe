import { useQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { wordsOf } from "../../api/client";
import { isKept, keep, type Keepable } from "../../api/library";
import { meQuery } from "../../api/queries";
import { t } from "../../lib/messages";
import { short } from "../../lib/short";
import { say } from "../said";
import "./words";

/** Saves or follows, or stops it, with a word that takes it back. A guest is led to sign in, and back to where they were. */
export function useKeeping(): (thing: Keepable) => void {
  const router = useRouter();
  const { data: me } = useQuery(meQuery);
  return (thing) => {
    if (me) void keepAndSay(thing, !isKept(thing));
    else void router.navigate({ to: "/sign-in", search: { next: router.state.location.href } });
  };
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
