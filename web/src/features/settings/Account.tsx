import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useRouter } from "@tanstack/react-router";
import { useState, type FormEvent } from "react";
import { changeDisplayName, changePassword, endSession, signOut, signOutEverywhere } from "../../api/actions";
import { fieldError, wordsOf } from "../../api/client";
import { sessionsQuery } from "../../api/queries";
import type { Me, Session } from "../../api/types";
import { SEPARATOR, t } from "../../lib/messages";
import { dayInWords } from "../../lib/time";
import { Button, buttonClass, Problem } from "../../ui/controls";
import { ErrorNote } from "../../ui/ErrorNote";
import { More } from "../../ui/More";
import { say } from "../../ui/said";
import { SkeletonRows, Waiting } from "../../ui/Skeleton";
import { TextField } from "../account/AccountPage";
import styles from "./SettingsPage.module.css";
import "./words";

/** The newest are those that somebody looks for. */
const FIRST_SESSIONS = 5;

/** For a guest: what an account is for, and the way to one. */
export function Guest() {
  return (
    <>
      <p>{t("settings.guest")}</p>
      <div className={styles.row}>
        <Link to="/sign-in" search={{ next: "/settings" }} className={buttonClass("hot")}>
          {t("nav.signIn")}
        </Link>
        <Link to="/sign-up" search={{ next: "/settings" }} className={buttonClass()}>
          {t("home.join")}
        </Link>
      </div>
    </>
  );
}

export function Name({ me }: { me: Me }) {
  const [name, setName] = useState(me.display_name);
  const form = useForm(async () => {
    await changeDisplayName(name.trim());
    say(t("settings.nameChanged", { name: name.trim() }));
  });
  return (
    <form className={styles.form} onSubmit={form.onSubmit}>
      <TextField
        label={t("account.name")}
        hint={t("account.nameHint")}
        error={fieldError(form.refusal, "display_name")}
        name="name"
        autoComplete="name"
        maxLength={80}
        value={name}
        onChange={setName}
      />
      <Refusal refusal={form.refusal} beside={["display_name"]} />
      <Button type="submit" rests={form.busy || name.trim() === me.display_name}>
        {t("settings.saveName")}
      </Button>
    </form>
  );
}

export function Password({ me }: { me: Me }) {
  const [current, setCurrent] = useState("");
  const [chosen, setChosen] = useState("");
  const form = useForm(async () => {
    await changePassword(current, chosen);
    setCurrent("");
    setChosen("");
    say(t("settings.passwordChanged"));
  });
  return (
    <form className={styles.form} onSubmit={form.onSubmit}>
      {/* Password managers look for whose password it is. */}
      <input type="email" name="email" autoComplete="username" value={me.email} readOnly hidden />
      <TextField
        label={t("settings.currentPassword")}
        error={fieldError(form.refusal, "current")}
        type="password"
        name="current"
        autoComplete="current-password"
        value={current}
        onChange={setCurrent}
      />
      <TextField
        label={t("settings.newPassword")}
        hint={t("account.passwordHint")}
        error={fieldError(form.refusal, "new")}
        type="password"
        name="new"
        autoComplete="new-password"
        minLength={10}
        value={chosen}
        onChange={setChosen}
      />
      <Refusal refusal={form.refusal} beside={["current", "new"]} />
      <Button type="submit" rests={form.busy}>
        {t("settings.changePassword")}
      </Button>
    </form>
  );
}

export function Sessions() {
  const sessions = useInfiniteQuery(sessionsQuery);
  const [all, setAll] = useState(false);
  const router = useRouter();
  async function leave(everywhere: boolean) {
    try {
      await (everywhere ? signOutEverywhere() : signOut());
      await router.navigate({ to: "/" });
    } catch (error) {
      say(wordsOf(error));
    }
  }
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
        <Button onClick={() => void leave(false)}>{t("nav.signOut")}</Button>
        <Button look="quiet" onClick={() => void leave(true)}>
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
  return (
    <li className={styles.session}>
      <span className={styles.device}>
        <strong>{device}</strong>
        <span className="muted small">{[since, session.current ? t("settings.thisOne") : seen].join(SEPARATOR)}</span>
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

function Refusal({ refusal, beside }: { refusal: unknown; beside: readonly string[] }) {
  if (refusal === null || beside.some((field) => fieldError(refusal, field))) return null;
  return <Problem>{wordsOf(refusal)}</Problem>;
}

/** Sends a form once at a time, and keeps why it was refused. */
function useForm(send: () => Promise<void>) {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<unknown>(null);
  async function submit() {
    setBusy(true);
    setRefusal(null);
    try {
      await send();
    } catch (refused) {
      setRefusal(refused);
    } finally {
      setBusy(false);
    }
  }
  function onSubmit(event: FormEvent) {
    event.preventDefault();
    if (!busy) void submit();
  }
  return { busy, refusal, onSubmit };
}
