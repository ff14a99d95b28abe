import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { actsQuery, checkLog, logQuery, personQuery } from "../../api/admin";
import { wordsOf } from "../../api/client";
import type { ChainCheck } from "../../api/types";
import { t, tn } from "../../lib/messages";
import { Button, Field } from "../../ui/controls";
import { Empty } from "../../ui/Empty";
import { More } from "../../ui/More";
import { say } from "../../ui/said";
import { AdminPart, notThere } from "./AdminPart";
import { actName, LogRows } from "./LogRows";
import styles from "./Admin.module.css";
import "./words";

const route = getRouteApi("/admin/log");

/** Everything that was done with power over others. */
export function LogPage() {
  const router = useRouter();
  const filter = route.useSearch();
  const log = useInfiniteQuery(logQuery(filter));
  const { data: acts = [] } = useQuery(actsQuery);
  const rows = log.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <AdminPart title={t("admin.log")} lead={t("admin.logLead")}>
      <div className={styles.filters}>
        <Field label={t("admin.act")}>
          {(ids) => (
            <select
              {...ids}
              value={filter.act ?? ""}
              onChange={(event) => {
                const act = event.currentTarget.value || undefined;
                void router.navigate({ to: "/admin/log", search: { ...filter, act }, replace: true, viewTransition: false, resetScroll: false });
              }}
            >
              <option value="">{t("admin.anything")}</option>
              {acts.map((act) => (
                <option key={act} value={act}>
                  {actName(act)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Check />
      </div>
      {(filter.actor ?? filter.subject) && <Whose actor={filter.actor} subject={filter.subject} act={filter.act} />}
      {notThere(log) ??
        (rows.length === 0 ? (
          <Empty title={t("admin.emptyLogTitle")}>{t("admin.emptyLog")}</Empty>
        ) : (
          <div className={styles.group}>
            <LogRows rows={rows} />
            <More {...log} />
          </div>
        ))}
    </AdminPart>
  );
}

interface Whose {
  actor: string | undefined;
  subject: string | undefined;
  act: string | undefined;
}

function Whose({ actor, subject, act }: Whose) {
  const { data: person } = useQuery({ ...personQuery(actor ?? subject ?? ""), retry: false });
  const name = person?.name ?? t("admin.someone");
  return (
    <p>
      {actor ? t("admin.filtered", { name }) : t("admin.filteredSubject", { name })}{" "}
      <Link to="/admin/log" search={{ act }}>
        {t("admin.clear")}
      </Link>
    </p>
  );
}

function Check() {
  const [busy, setBusy] = useState(false);
  const [found, setFound] = useState<ChainCheck | null>(null);
  async function check() {
    setBusy(true);
    try {
      setFound(await checkLog());
    } catch (error) {
      say(wordsOf(error));
    } finally {
      setBusy(false);
    }
  }
  return (
    <div className={styles.group}>
      <Button rests={busy} onClick={() => void check()}>
        {t("admin.check")}
      </Button>
      <p role="status" className={found?.broken_at ? styles.warn : styles.mono}>
        {found && outcome(found)}
      </p>
    </div>
  );
}

function outcome({ broken_at: at, why, entries, hash }: ChainCheck): string {
  if (at !== null) return t("admin.broken", { at, why: why ?? "" });
  return tn("admin.checked", entries, { hash: (hash ?? "").slice(0, 16) });
}
