import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { wordsOf } from "../../api/client";
import { closedProfilesQuery, reopenProfile } from "../../api/closing";
import type { ClosedProfile } from "../../api/types";
import { t } from "../../lib/messages";
import { short } from "../../lib/short";
import { dayInWords } from "../../lib/time";
import { Button, Problem } from "../../ui/controls";
import { say } from "../../ui/said";
import styles from "./Rows.module.css";
import "./words";

/** One's own that were closed and are not gone yet; an owner takes them back. */
export function ClosedProfiles() {
  const { data } = useQuery(closedProfilesQuery);
  if (!data?.profiles.length) return null;
  return (
    <section className={styles.group}>
      <h2 className={styles.groupName}>{t("studio.closed")}</h2>
      <ul className={styles.rows} aria-label={t("studio.closed")}>
        {data.profiles.map((profile) => (
          <ClosedRow key={profile.id} profile={profile} />
        ))}
      </ul>
    </section>
  );
}

function ClosedRow({ profile }: { profile: ClosedProfile }) {
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const { id, name, role, gone_at } = profile;
  async function takeBack() {
    setBusy(true);
    setRefused(null);
    try {
      await reopenProfile(id);
      say(t("studio.saidReopened", { name: short(name) }));
    } catch (error) {
      setBusy(false);
      setRefused(wordsOf(error));
    }
  }
  return (
    <li className={styles.release}>
      <div className={styles.head}>
        <div className={styles.names}>
          <span className={styles.title}>{name}</span>
          <span className={styles.facts}>{t("studio.goneAt", { day: dayInWords(gone_at) })}</span>
        </div>
        {role === "owner" && (
          <div className={styles.tools}>
            <Button
              size="small"
              rests={busy}
              aria-label={t("studio.reopenLabel", { name })}
              onClick={() => void takeBack()}
            >
              {t("studio.reopen")}
            </Button>
          </div>
        )}
      </div>
      {refused && <Problem>{refused}</Problem>}
    </li>
  );
}
