import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { cancelJob, heldJobsQuery, queueQuery, releaseJob, releaseJobs } from "../../api/admin";
import { wordsOf } from "../../api/client";
import type { HeldJob, Queue } from "../../api/types";
import { SEPARATOR, t, tn } from "../../lib/messages";
import { dayInWords } from "../../lib/time";
import { Button } from "../../ui/controls";
import { Empty } from "../../ui/Empty";
import { More } from "../../ui/More";
import { say } from "../../ui/said";
import { AdminPart, notThere } from "./AdminPart";
import { timeOfDay } from "./LogRows";
import styles from "./Admin.module.css";
import "./words";

/** Runs an act, says what came of it, and rests meanwhile. */
function useAct(): [boolean, (act: () => Promise<string>) => Promise<void>] {
  const [busy, setBusy] = useState(false);
  return [
    busy,
    async (act) => {
      setBusy(true);
      try {
        say(await act());
      } catch (error) {
        say(wordsOf(error));
      } finally {
        setBusy(false);
      }
    },
  ];
}

/** What goes on in the background, and what failed for good. */
export function JobsPage() {
  const queue = useQuery(queueQuery);
  return (
    <AdminPart title={t("admin.jobs")} lead={t("admin.jobsLead")}>
      {notThere(queue) ?? (queue.data && <Kinds queue={queue.data} />)}
      {queue.data && queue.data.running.length > 0 && <Running queue={queue.data} />}
      <Held />
    </AdminPart>
  );
}

function Kinds({ queue }: { queue: Queue }) {
  const [busy, run] = useAct();
  if (queue.kinds.length === 0) return <Empty title={t("admin.noJobsTitle")}>{t("admin.noJobs")}</Empty>;
  const release = (kind: string) => run(async () => tn("admin.didRetryAll", await releaseJobs(kind)));
  return (
    <section className={styles.group}>
      {/* What scrolls sideways is reached by keys too. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className={styles.wide} tabIndex={0} role="region" aria-label={t("admin.jobs")}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t("admin.kind")}</th>
              {(["waiting", "later", "running", "held"] as const).map((name) => (
                <th key={name} scope="col" className={styles.number}>
                  {t(`admin.${name}`)}
                </th>
              ))}
              <th scope="col">{t("admin.oldest")}</th>
            </tr>
          </thead>
          <tbody>
            {queue.kinds.map((kind) => (
              <tr key={kind.name}>
                <th scope="row">{kind.name}</th>
                <td className={styles.number}>{kind.waiting}</td>
                <td className={styles.number}>{kind.later}</td>
                <td className={styles.number}>{kind.running}</td>
                <td className={styles.number}>{kind.held}</td>
                <td>{kind.oldest_at && `${dayInWords(kind.oldest_at)}, ${timeOfDay(kind.oldest_at)}`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {!queue.whole && <p className="muted">{t("admin.atLeast")}</p>}
      <div className={styles.tools}>
        {queue.kinds
          .filter((kind) => kind.held > 0)
          .map((kind) => (
            <Button key={kind.name} size="small" look="quiet" rests={busy} onClick={() => void release(kind.name)}>
              {t("admin.retryKind", { kind: kind.name })}
            </Button>
          ))}
      </div>
    </section>
  );
}

function Running({ queue }: { queue: Queue }) {
  return (
    <section className={styles.group}>
      <h2>{t("admin.runningNow")}</h2>
      <ul className={styles.rows}>
        {queue.running.map((one) => (
          <li key={one.id} className={styles.row}>
            <span className={styles.who}>
              <span>{t("admin.runningRow", { job: one.job, day: timeOfDay(one.since) })}</span>
              <span className={styles.mono}>{one.payload}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Held() {
  const held = useInfiniteQuery(heldJobsQuery);
  const [busy, run] = useAct();
  const rows = held.data?.pages.flatMap((page) => page.items) ?? [];
  const releaseAll = () => run(async () => tn("admin.didRetryAll", await releaseJobs(null)));
  return (
    <section className={styles.group}>
      <h2>{t("admin.heldTitle")}</h2>
      {notThere(held) ??
        (rows.length === 0 ? (
          <p className="muted">{t("admin.noHeld")}</p>
        ) : (
          <>
            <Button rests={busy} onClick={() => void releaseAll()}>
              {t("admin.retryAll")}
            </Button>
            <ul className={styles.rows}>
              {rows.map((job) => (
                <HeldRow key={job.id} job={job} />
              ))}
            </ul>
            <More {...held} />
          </>
        ))}
    </section>
  );
}

function HeldRow({ job }: { job: HeldJob }) {
  const { id } = job;
  const [busy, run] = useAct();
  const retry = () =>
    run(async () => {
      await releaseJob(id);
      return t("admin.didRetry", { id });
    });
  const cancel = () =>
    run(async () => {
      await cancelJob(id);
      return t("admin.didCancel", { id });
    });
  return (
    <li className={styles.row}>
      <span className={styles.who}>
        <strong>{[job.job, `#${id}`].join(SEPARATOR)}</strong>
        <span>{job.error ?? t("admin.noError")}</span>
        <span className={styles.mono}>{job.payload}</span>
        <span className="muted small">{t("admin.failedAt", { day: dayInWords(job.failed_at), attempts: job.attempts })}</span>
      </span>
      <span className={styles.tools}>
        <Button size="small" rests={busy} aria-label={t("admin.retryLabel", { id })} onClick={() => void retry()}>
          {t("admin.retry")}
        </Button>
        <Button
          size="small"
          look="quiet"
          rests={busy}
          aria-label={t("admin.cancelLabel", { id })}
          onClick={() => void cancel()}
        >
          {t("admin.cancel")}
        </Button>
      </span>
    </li>
  );
}
