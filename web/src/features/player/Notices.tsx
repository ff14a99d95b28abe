import { MonitorSpeaker } from "lucide-react";
import { t } from "../../lib/messages";
import { useStore } from "../../lib/store";
import { Button } from "../../ui/controls";
import styles from "./PlayerBar.module.css";
import * as player from "./player";
import { playerState } from "./state";

/** What a person has to know about the sound, and can do about it: it stopped, or it is in another tab. */
export function Notices() {
  const complaint = useStore(playerState, (now) => now.complaint);
  const elsewhere = useStore(playerState, (now) => now.elsewhere);
  if (elsewhere) {
    return (
      <div role="status" className={styles.notice}>
        <MonitorSpeaker size={20} strokeWidth={1.75} aria-hidden />
        <span>{t("player.elsewhere")}</span>
        <Button size="small" onClick={player.play}>
          {t("player.here")}
        </Button>
      </div>
    );
  }
  if (!complaint) return null;
  return (
    <div role="alert" className={`${styles.notice} ${styles.complaint}`}>
      <span>{t(`player.${complaint}`)}</span>
      {complaint === "failed" && (
        <Button size="small" look="quiet" onClick={player.play}>
          {t("player.retry")}
        </Button>
      )}
    </div>
  );
}
