import { t } from "../../lib/messages";
import { useStore } from "../../lib/store";
import { Empty } from "../../ui/Empty";
import { Button } from "../../ui/controls";
import { say } from "../../ui/said";
import { TrackList } from "../track/TrackList";
import styles from "./LibraryPage.module.css";
import { clearLately, lately } from "./lately";
import "./words";

export function Lately() {
  const tracks = useStore(lately, (now) => now.tracks);
  if (!tracks.length) {
    return <Empty title={t("library.latelyEmptyTitle")}>{t("library.latelyEmpty")}</Empty>;
  }
  return (
    <>
      <div className={styles.line}>
        <p className="muted small">{t("library.latelyHint")}</p>
        <Button
          size="small"
          look="quiet"
          onClick={() => {
            const undo = clearLately();
            say(t("library.latelyCleared"), { undo });
          }}
        >
          {t("library.latelyClear")}
        </Button>
      </div>
      <TrackList tracks={tracks} label={t("library.lately")} />
    </>
  );
}
