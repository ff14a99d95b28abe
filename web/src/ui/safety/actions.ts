import { Ban, BellOff, EyeOff, Flag } from "lucide-react";
import { wordsOf } from "../../api/client";
import { avoid, stopAvoiding, type AvoidedKind } from "../../api/safety";
import { t } from "../../lib/messages";
import { reportThing, type Reported } from "../../lib/reporting";
import { short } from "../../lib/short";
import type { MenuEntry } from "../Menu";
import { say } from "../said";
import "./words";

type Did = "hidden" | "muted" | "blocked";
const UNDID = { hidden: "safety.shown", muted: "safety.unmuted", blocked: "safety.unblocked" } as const;

const HIDES: Partial<Record<Reported["kind"], AvoidedKind>> = { track: "hidden/tracks", release: "hidden/releases" };

/**
 * What keeps a thing away, and tells of it. A guest can report; own things are neither hidden nor blocked. A person
 * stands in no list that hiding or muting would take them out of.
 */
export function safetyEntries(thing: Reported, { signedIn, own }: { signedIn: boolean; own: boolean }): MenuEntry[] {
  const { id, name, kind } = thing;
  const hides = HIDES[kind];
  const hide = { label: t("safety.hide"), icon: EyeOff, onSelect: () => void doIt(hides ?? "hidden/profiles", id, name, "hidden") };
  const mute = { label: t("safety.mute", { name: short(name) }), icon: BellOff, onSelect: () => void doIt("mutes", id, name, "muted") };
  const block = { label: t("safety.block", { name: short(name) }), icon: Ban, onSelect: () => void doIt("blocks", id, name, "blocked") };
  const mine = kind === "person" ? [block] : hides ? [hide] : [hide, mute, block];
  return [
    ...(signedIn && !own ? mine : []),
    { label: t("safety.report"), icon: Flag, onSelect: () => reportThing(thing) },
  ];
}

async function doIt(kind: AvoidedKind, id: string, name: string, did: Did): Promise<void> {
  try {
    await avoid(kind, id);
    say(t(`safety.${did}`, { name: short(name) }), { undo: () => void undoIt(kind, id, name, did) });
  } catch (error) {
    say(wordsOf(error));
  }
}

export async function undoIt(kind: AvoidedKind, id: string, name: string, did: Did): Promise<void> {
  try {
    await stopAvoiding(kind, id);
    say(t(UNDID[did], { name: short(name) }));
  } catch (error) {
    say(wordsOf(error));
  }
}
