import { Check, Heart, Plus } from "lucide-react";
import { isKept, isParty, nameOf, type Keepable } from "../../api/library";
import { t } from "../../lib/messages";
import { Button, IconButton } from "../controls";
import { Either } from "../Either";
import styles from "./KeepButton.module.css";
import { useKeeping } from "./useKeeping";
import "./words";

/** Save, or follow: in words on the thing's own page, a heart alone in a row of many. */
export function KeepButton({ thing, compact = false }: { thing: Keepable; compact?: boolean }) {
  const toggle = useKeeping();
  const kept = isKept(thing);
  const of = isParty(thing) ? "party" : thing.kind;
  const label = t(kept ? `keep.${of}.is` : `keep.${of}.do`, { name: nameOf(thing) });
  if (compact) {
    return (
      <IconButton label={label} onClick={() => toggle(thing)}>
        <Heart size={20} strokeWidth={1.75} className={kept ? styles.kept : undefined} aria-hidden />
      </IconButton>
    );
  }
  const Icon = of !== "party" ? Heart : kept ? Check : Plus;
  return (
    <Button aria-label={label} onClick={() => toggle(thing)}>
      <Icon size={20} strokeWidth={1.75} className={kept ? (of === "party" ? styles.following : styles.kept) : undefined} aria-hidden />
      <Either
        first={t(of === "party" ? "keep.follow" : "keep.save")}
        second={t(of === "party" ? "keep.following" : "keep.saved")}
        shows={kept ? "second" : "first"}
      />
    </Button>
  );
}
