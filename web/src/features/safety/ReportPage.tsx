import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { ApiError, wordsOf } from "../../api/client";
import { reportStateQuery } from "../../api/safety";
import { takeFragment } from "../../lib/fragment";
import { t } from "../../lib/messages";
import { buttonClass } from "../../ui/controls";
import { ErrorNote } from "../../ui/ErrorNote";
import { Heading } from "../../ui/Heading";
import { SkeletonRows, Waiting } from "../../ui/Skeleton";
import { outcomeOf } from "../../ui/safety/outcome";
import styles from "../../ui/safety/Safety.module.css";
import "../../ui/safety/words";

/** Where the link in a guest's mail leads. Its secret stands after the #, which no server is sent. */
export function ReportPage() {
  const [token] = useState(() => takeFragment() ?? "");
  const found = useQuery({ ...reportStateQuery(token), enabled: token !== "" });
  if (!token || (found.error instanceof ApiError && found.error.status === 404)) {
    return (
      <div className={styles.page}>
        <Heading title={t(token ? "report.stateGone" : "report.noLink")} />
        <p className="lead">{t(token ? "report.stateGoneMore" : "report.noLinkMore")}</p>
        <Link to="/" className={buttonClass("plain")}>
          {t("report.home")}
        </Link>
      </div>
    );
  }
  if (found.isError) {
    return (
      <ErrorNote title={t("report.failed")} onRetry={() => void found.refetch()} busy={found.isFetching}>
        {wordsOf(found.error)}
      </ErrorNote>
    );
  }
  if (found.isPending) {
    return (
      <Waiting>
        <SkeletonRows count={2} />
      </Waiting>
    );
  }
  const { reference, title, reason } = found.data;
  return (
    <div className={styles.page}>
      <Heading title={t("report.stateTitle", { reference })} />
      <p className="lead">{outcomeOf(found.data)}</p>
      <p className="muted">{t("report.about", { title, reason: t(`report.reason.${reason}`) })}</p>
    </div>
  );
}
