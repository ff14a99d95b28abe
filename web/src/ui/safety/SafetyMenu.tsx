import { useQuery } from "@tanstack/react-query";
import { meQuery } from "../../api/queries";
import { avoidanceQuery } from "../../api/safety";
import { t } from "../../lib/messages";
import type { Reported } from "../../lib/reporting";
import { Button } from "../controls";
import { Menu } from "../Menu";
import { safetyEntries, undoIt } from "./actions";
import styles from "./Safety.module.css";
import "./words";

/** The menu of a page whose thing has no other. */
export function SafetyMenu({ thing, own }: { thing: Reported; own: boolean }) {
  const { data: me } = useQuery(meQuery);
  return (
    <Menu
      label={t("safety.menu", { name: thing.name })}
      entries={() => safetyEntries(thing, { signedIn: Boolean(me), own })}
    />
  );
}

/** On a page whose thing the viewer keeps away: that it is so, and the way back. */
export function AvoidedNote({ thing }: { thing: Reported }) {
  const { data: me } = useQuery(meQuery);
  const { data: did } = useQuery({ ...avoidanceQuery(thing.id), enabled: Boolean(me) });
  if (!did) return null;
  const { id, name, kind } = thing;
  const hides = kind === "track" ? "hidden/tracks" : kind === "release" ? "hidden/releases" : "hidden/profiles";
  return (
    <>
      {did.hidden && (
        <p className={styles.note}>
          <span>{t("safety.hiddenNote")}</span>
          <Button size="small" onClick={() => void undoIt(hides, id, name, "hidden")}>
            {t("safety.showAgain")}
          </Button>
        </p>
      )}
      {did.muted && (
        <p className={styles.note}>
          <span>{t("safety.mutedNote")}</span>
          <Button size="small" onClick={() => void undoIt("mutes", id, name, "muted")}>
            {t("safety.unmute")}
          </Button>
        </p>
      )}
      {did.blocked && (
        <p className={styles.note}>
          <span>{t("safety.blockedNote")}</span>
          <Button size="small" onClick={() => void undoIt("blocks", id, name, "blocked")}>
            {t("safety.unblock")}
          </Button>
        </p>
      )}
    </>
  );
}
