import { onlineManager } from "@tanstack/react-query";
import { WifiOff } from "lucide-react";
import { useState, useSyncExternalStore } from "react";
import { playerState } from "../features/player/state";
import { t } from "../lib/messages";
import { useStore } from "../lib/store";
import { Button } from "../ui/controls";
import styles from "./Notice.module.css";
import { takeNewest, version } from "./version";
import "./words";

/** A quiet bar above the player for what is so until it changes: no connection, or a new version that waits. */
export function Notice() {
  const online = useSyncExternalStore(onlineManager.subscribe, () => onlineManager.isOnline());
  const waits = useStore(version, (now) => now.waits);
  const shown = !online ? <Away /> : waits ? <NewVersion /> : null;
  return (
    <div role="status" data-notice={shown ? "" : undefined} className={shown ? styles.notice : styles.silent}>
      {shown}
    </div>
  );
}

function Away() {
  return (
    <>
      <WifiOff size={20} strokeWidth={1.75} aria-hidden />
      <p>{t("notice.away")}</p>
    </>
  );
}

function NewVersion() {
  const [taking, setTaking] = useState(false);
  const plays = useStore(playerState, (now) => now.status === "playing" || now.status === "loading");
  function take() {
    setTaking(true);
    void takeNewest(false);
  }
  return (
    <>
      <p>{t(plays ? "notice.newVersionPlaying" : "notice.newVersion")}</p>
      <Button size="small" rests={taking} onClick={take}>
        {t(taking ? "notice.reloading" : "notice.reload")}
      </Button>
    </>
  );
}
