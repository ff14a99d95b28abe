import { t } from "../../lib/messages";
import { useStore } from "../../lib/store";
import { Empty } from "../../ui/Empty";
import { ErrorNote } from "../../ui/ErrorNote";
import { SkeletonRows, Waiting } from "../../ui/Skeleton";
import { Button } from "../../ui/controls";
import { say } from "../../ui/said";
import { fetchMissing, useTracks } from "../player/batches";
import { TrackList } from "../track/TrackList";
import styles from "./LibraryPage.module.css";
import { clearLately, lately } from "./lately";
import "../track/words";
import "./words";

/** `part`: it stands under something else, not as a page of its own. */
export function Lately({ part = false }: { part?: boolean }) {
  const ids = useStore(lately, (now) => now.ids);
  const { tracks, isComing, isCut } = useTracks(ids);
  if (!tracks.length && isComing) {
    return (
      <Waiting>
        <SkeletonRows />
      </Waiting>
    );
  }
  if (!tracks.length && !isCut) {
    return <Empty title={t("library.latelyEmptyTitle")} small={part}>{t("library.latelyEmpty")}</Empty>;
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
      {isCut && (
        <ErrorNote title={t("list.trouble")} onRetry={() => void fetchMissing(ids)}>
          {t("list.safe")}
        </ErrorNote>
      )}
    </>
  );
}
