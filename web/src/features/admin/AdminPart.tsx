import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { wordsOf } from "../../api/client";
import { meQuery } from "../../api/queries";
import { t } from "../../lib/messages";
import { ErrorNote } from "../../ui/ErrorNote";
import { Heading } from "../../ui/Heading";
import { SkeletonRows, Waiting } from "../../ui/Skeleton";
import styles from "./Admin.module.css";
import "./words";

/** The frame of every part: which there are, for whoever looks, and what this one is called. */
export function AdminPart({ title, lead, children }: { title: string; lead?: string; children: ReactNode }) {
  const { data: me } = useQuery(meQuery);
  return (
    <div className={styles.page}>
      <nav className={styles.parts} aria-label={t("admin.parts")}>
        <Link to="/admin" activeOptions={{ exact: true, includeSearch: false }}>{t("admin.people")}</Link>
        <Link to="/moderation">{t("admin.reports")}</Link>
        <Link to="/claims">{t("admin.claims")}</Link>
        {me?.scene_role === "admin" && (
          <>
            <Link to="/admin/jobs">{t("admin.jobs")}</Link>
            <Link to="/admin/storage">{t("admin.storage")}</Link>
            <Link to="/admin/log">{t("admin.log")}</Link>
          </>
        )}
      </nav>
      <header className={styles.head}>
        <Heading title={title} documentTitle={`${title}, ${t("admin.title")}`} className={styles.title} />
        {lead && <p className="muted">{lead}</p>}
      </header>
      {children}
    </div>
  );
}

interface Asked {
  isPending: boolean;
  isError: boolean;
  isFetching: boolean;
  error: unknown;
  refetch: () => Promise<unknown>;
}

/** What stands in a list's place while it is fetched, and when it can't be; null once it is there. */
export function notThere(asked: Asked): ReactNode {
  if (asked.isPending) {
    return (
      <Waiting>
        <SkeletonRows count={4} />
      </Waiting>
    );
  }
  if (!asked.isError) return null;
  return (
    <ErrorNote title={t("admin.failed")} onRetry={() => void asked.refetch()} busy={asked.isFetching}>
      {wordsOf(asked.error)}
    </ErrorNote>
  );
}
