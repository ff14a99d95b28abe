import { onlineManager, useQueryErrorResetBoundary } from "@tanstack/react-query";
import { Link, useRouter, type ErrorComponentProps } from "@tanstack/react-router";
import { useEffect, useEffectEvent } from "react";
import { wordsOf } from "../api/client";
import { t } from "../lib/messages";
import { showOverlay } from "../lib/overlays";
import { Silence } from "../ui/Empty";
import { Heading } from "../ui/Heading";
import { Skeleton, SkeletonRows, Waiting } from "../ui/Skeleton";
import { Button, buttonClass } from "../ui/controls";
import { KeptPages } from "./KeptPages";
import styles from "./Pages.module.css";
import { fetchParts, isAway, takeNewVersion } from "./parts";

export function NotFoundPage() {
  return (
    <div className={styles.plain}>
      <Silence />
      <Heading title={t("notFound.title")} className={styles.loud} />
      <p className="lead">{t("notFound.body")}</p>
      <div className={styles.ways}>
        <Link to="/" className={buttonClass("hot")}>
          {t("notFound.home")}
        </Link>
        <Button onClick={() => showOverlay("find")}>{t("notFound.find")}</Button>
      </div>
    </div>
  );
}

/** Stands in for a page whose code or data failed; the frame and the player live on. */
export function CrashPage({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const queries = useQueryErrorResetBoundary();
  const away = isAway(error);
  async function again(asked: boolean) {
    await fetchParts();
    await takeNewVersion(error, asked);
    queries.reset();
    reset();
    await router.invalidate();
  }
  const onBack = useEffectEvent(() => void again(false));
  useEffect(() => queries.reset(), [queries]);
  useEffect(() => {
    if (!away) return;
    void takeNewVersion(error, false);
    return onlineManager.subscribe((online) => {
      if (online) onBack();
    });
  }, [away, error]);
  return (
    <div className={styles.plain}>
      <Silence />
      <Heading title={t(away ? "away.title" : "crash.title")} className={styles.loud} />
      <p className="lead">{t(away ? "away.body" : "crash.body")}</p>
      {!away && <p className="muted">{wordsOf(error)}</p>}
      <Button look="hot" onClick={() => void again(true)}>
        {t("crash.retry")}
      </Button>
      {away && <KeptPages />}
    </div>
  );
}

/** Shown when a page takes longer than a moment. */
export function WaitingPage() {
  return (
    <Waiting>
      <Skeleton shape="title" />
      <Skeleton shape="line" width="min(320px, 60%)" />
      <SkeletonRows />
    </Waiting>
  );
}
