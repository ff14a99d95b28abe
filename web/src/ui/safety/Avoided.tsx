import { useInfiniteQuery } from "@tanstack/react-query";
import { wordsOf } from "../../api/client";
import { avoidedQuery, type AvoidedKind } from "../../api/safety";
import { t } from "../../lib/messages";
import { Button } from "../controls";
import { ErrorNote } from "../ErrorNote";
import { More } from "../More";
import { SkeletonRows, Waiting } from "../Skeleton";
import { undoIt } from "./actions";
import styles from "./Safety.module.css";
import "./words";

const UNDO = {
  blocks: { did: "blocked", words: "safety.unblock" },
  mutes: { did: "muted", words: "safety.unmute" },
  "hidden/profiles": { did: "hidden", words: "safety.showAgain" },
  "hidden/tracks": { did: "hidden", words: "safety.showAgain" },
  "hidden/releases": { did: "hidden", words: "safety.showAgain" },
} as const;

/** Whom and what the viewer keeps away, each with the way back. */
export function Avoided() {
  const lists = {
    blocks: useInfiniteQuery(avoidedQuery("blocks")),
    mutes: useInfiniteQuery(avoidedQuery("mutes")),
    "hidden/profiles": useInfiniteQuery(avoidedQuery("hidden/profiles")),
    "hidden/tracks": useInfiniteQuery(avoidedQuery("hidden/tracks")),
    "hidden/releases": useInfiniteQuery(avoidedQuery("hidden/releases")),
  };
  const all = Object.entries(lists) as [AvoidedKind, (typeof lists)["blocks"]][];
  const failed = all.find(([, list]) => list.isError)?.[1];
  if (failed) {
    return (
      <ErrorNote title={t("safety.avoidedFailed")} onRetry={() => void failed.refetch()} busy={failed.isFetching}>
        {wordsOf(failed.error)}
      </ErrorNote>
    );
  }
  if (all.some(([, list]) => list.isPending)) {
    return (
      <Waiting>
        <SkeletonRows count={2} />
      </Waiting>
    );
  }
  const none = all.every(([, list]) => !list.data?.pages[0]?.items.length);
  return (
    <>
      <p className="muted">{t(none ? "safety.avoidedNone" : "safety.avoidedLead")}</p>
      {all.map(([kind, list]) => {
        const items = list.data?.pages.flatMap((page) => page.items) ?? [];
        if (!items.length) return null;
        const { did, words } = UNDO[kind];
        return (
          <div key={kind}>
            <ul className={styles.rows} aria-label={t(`safety.kind.${kind}`)}>
              {items.map((one) => {
                const name = "name" in one ? one.name : one.title;
                return (
                  <li key={one.id} className={styles.row}>
                    <span className={styles.who}>
                      <strong>{name}</strong>
                      <span className="muted small">{t(`safety.kind.${kind}`)}</span>
                    </span>
                    <Button
                      size="small"
                      aria-label={t("safety.undoFor", { what: t(words), name })}
                      onClick={() => void undoIt(kind, one.id, name, did)}
                    >
                      {t(words)}
                    </Button>
                  </li>
                );
              })}
            </ul>
            <More {...list} />
          </div>
        );
      })}
    </>
  );
}
