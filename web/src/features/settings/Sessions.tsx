import { useInfiniteQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { endSession } from "../../api/actions";
import { wordsOf } from "../../api/client";
import { sessionsQuery } from "../../api/queries";
import type { Session } from "../../api/types";
import { SEPARATOR, t } from "../../lib/messages";
import { dayInWords } from "../../lib/time";
import { Button } from "../../ui/controls";
import { ErrorNote } from "../../ui/ErrorNote";
import { leave } from "../../ui/leave";
import { More } from "../../ui/More";
import { say } from "../../ui/said";
import { SkeletonRows, Waiting } from "../../ui/Skeleton";
import styles from "./SettingsPage.module.css";
import "./words";

/** The newest are those that somebody looks for. */
const FIRST_SESSIONS = 5;

/** Where the account is signed in. */
export function Sessions() {
  const sessions = useInfiniteQuery(sessionsQuery);
  const [all, setAll] = useState(false);
  const router = useRouter();
  if (sessions.isPending) {
    return (
      <Waiting>
        <SkeletonRows count={2} />
      </Waiting>
    );
  }
  if (sessions.isError) {
    return (
      <ErrorNote
        title={t("settings.sessionsFailed")}
        onRetry={() => void sessions.refetch()}
        busy={sessions.isFetching}
      >
        {wordsOf(sessions.error)}
      </ErrorNote>
    );
  }
  const known = sessions.data.pages.flatMap((page) => page.items);
  return (
    <>
      <ul className={styles.sessions}>
        {known.slice(0, all ? known.length : FIRST_SESSIONS).map((session) => (
          <SessionRow key={session.id} session={session} />
        ))}
      </ul>
      {!all && known.length > FIRST_SESSIONS && (
        <Button look="quiet" onClick={() => setAll(true)}>
          {t("settings.allSessions")}
        </Button>
      )}
      {all && <More {...sessions} />}
      <div className={styles.row}>
        <Button onClick={() => void leave(router)}>{t("nav.signOut")}</Button>
        <Button look="quiet" onClick={() => void leave(router, { everywhere: true })}>
          {t("settings.signOutEverywhere")}
        </Button>
      </div>
    </>
  );
}

function SessionRow({ session }: { session: Session }) {
  const [busy, setBusy] = useState(false);
  const device = session.device || t("settings.unknownDevice");
  async function end() {
    setBusy(true);
    try {
      await endSession(session.id);
      say(t("settings.sessionEnded", { device }));
    } catch (error) {
      say(wordsOf(error));
      setBusy(false);
    }
  }
  const since = t("settings.since", { day: dayInWords(session.created_at) });
  const seen = t("settings.seen", { day: dayInWords(session.last_seen_at) });
  const place = session.place && t("settings.place", { place: session.place });
  return (
    <li className={styles.session}>
      <span className={styles.device}>
        <strong>{device}</strong>
        <span className="muted small">{[since, session.current ? t("settings.thisOne") : seen, place, session.network].filter(Boolean).join(SEPARATOR)}</span>
      </span>
      {!session.current && (
        <Button
          size="small"
          look="quiet"
          rests={busy}
          aria-label={t("settings.endSession", { device })}
          onClick={() => void end()}
        >
          {t("nav.signOut")}
        </Button>
      )}
    </li>
  );
}
