import { Check, Heart, Plus } from "lucide-react";
import { isKept, type Keepable } from "../../api/library";
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
  const name = thing.kind === "artist" ? thing.item.name : thing.item.title;
  const label = t(kept ? `keep.${thing.kind}.is` : `keep.${thing.kind}.do`, { name });
  if (compact) {
    return (
      <IconButton label={label} onClick={() => toggle(thing)}>
        <Heart size={20} strokeWidth={1.75} className={kept ? styles.kept : undefined} aria-hidden />
      </IconButton>
    );
  }
  const Icon = thing.kind !== "artist" ? Heart : kept ? Check : Plus;
  return (
    <Button aria-label={label} onClick={() => toggle(thing)}>
      <Icon size={20} strokeWidth={1.75} className={kept ? styles.kept : undefined} aria-hidden />
      <Either
        first={t(thing.kind === "artist" ? "keep.follow" : "keep.save")}
        second={t(thing.kind === "artist" ? "keep.following" : "keep.saved")}
        shows={kept ? "second" : "first"}
      />
    </Button>
  );
}
