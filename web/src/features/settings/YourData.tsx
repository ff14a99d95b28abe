import { useQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { wordsOf } from "../../api/client";
import { askForErasure, askForExport, erasureQuery, exportQuery, useExportHints } from "../../api/privacy";
import type { ErasurePreview, Export, Me } from "../../api/types";
import { t } from "../../lib/messages";
import { dayInWords } from "../../lib/time";
import { Button, buttonClass, Problem } from "../../ui/controls";
import { ErrorNote } from "../../ui/ErrorNote";
import { say } from "../../ui/said";
import { SkeletonRows, Waiting } from "../../ui/Skeleton";
import { TextField } from "../../ui/TextField";
import { useSubmit } from "../../ui/useSubmit";
import styles from "./SettingsPage.module.css";
import "./words";

/** Taking one's data along. */
export function TakeAlong() {
  const state = useQuery(exportQuery);
  const [key] = useState(() => crypto.randomUUID());
  const underWay = state.data?.export?.status === "waiting" || state.data?.export?.status === "running";
  useExportHints(underWay ? (state.data?.export?.id ?? null) : null);
  const form = useSubmit([], () => askForExport(`${key}-${state.data?.export?.id ?? "first"}`));
  if (state.isPending) {
    return (
      <Waiting>
        <SkeletonRows count={1} />
      </Waiting>
    );
  }
  if (state.isError) {
    return (
      <ErrorNote title={t("settings.exportUnknown")} onRetry={() => void state.refetch()} busy={state.isFetching}>
        {wordsOf(state.error)}
      </ErrorNote>
    );
  }
  const { export: last, may_ask_at: again } = state.data;
  return (
    <div className={styles.form}>
      <p>{t("settings.export")}</p>
      {last && <Archive archive={last} />}
      {!underWay && again === null && (
        <form onSubmit={form.onSubmit}>
          <Button type="submit" rests={form.busy}>
            {t("settings.askForExport")}
          </Button>
        </form>
      )}
      {form.other && <Problem>{form.other}</Problem>}
    </div>
  );
}

function Archive({ archive }: { archive: Export }) {
  if (archive.status === "failed") return <Problem>{t("settings.exportFailed")}</Problem>;
  if (archive.url !== null) {
    return (
      <>
        <p role="status">{t("settings.exportReady", { day: dayInWords(archive.expires_at) })}</p>
        <a href={archive.url} download className={buttonClass("hot")}>
          {t("settings.fetchExport")}
        </a>
      </>
    );
  }
  return (
    <div>
      <progress
        className={styles.progress}
        aria-label={t("settings.exportProgress")}
        max={Math.max(archive.parts, 1)}
        value={archive.parts_done}
      />
      <p className={styles.hint} role="status">
        {archive.parts === 0
          ? t("settings.exportWaiting")
          : t("settings.exportRunning", { done: archive.parts_done, parts: archive.parts })}
      </p>
    </div>
  );
}

/** Leaving for good: what it does in words, then the password. */
export function LeaveForGood({ me }: { me: Me }) {
  const [open, setOpen] = useState(false);
  return (
    <div className={styles.form}>
      <p>{t("settings.erase")}</p>
      {open ? (
        <Consequences me={me} onCancel={() => setOpen(false)} />
      ) : (
        <Button onClick={() => setOpen(true)}>{t("settings.beginErasure")}</Button>
      )}
    </div>
  );
}

function Consequences({ me, onCancel }: { me: Me; onCancel: () => void }) {
  const preview = useQuery(erasureQuery);
  if (preview.isPending) {
    return (
      <Waiting>
        <SkeletonRows count={2} />
      </Waiting>
    );
  }
  if (preview.isError) {
    return (
      <ErrorNote
        title={t("settings.erasureUnknown")}
        onRetry={() => void preview.refetch()}
        busy={preview.isFetching}
      >
        {wordsOf(preview.error)}
      </ErrorNote>
    );
  }
  return <ErasureForm me={me} preview={preview.data} onCancel={onCancel} />;
}

interface ErasureFormProps {
  me: Me;
  preview: ErasurePreview;
  onCancel: () => void;
}

function ErasureForm({ me, preview, onCancel }: ErasureFormProps) {
  const router = useRouter();
  const [password, setPassword] = useState("");
  const form = useSubmit(["password"], async () => {
    const asked = await askForErasure(password);
    say(t("settings.erasureAsked", { day: dayInWords(asked.due_at) }));
    await router.navigate({ to: "/" });
  }, { leaves: true });
  return (
    <form className={styles.form} onSubmit={form.onSubmit}>
      <ul className={styles.words}>
        <li>{t("settings.eraseSignedOut")}</li>
        <li>{t("settings.eraseDays", { days: preview.days })}</li>
        <li>{t("settings.eraseGone")}</li>
        <li>{t("settings.eraseMusic")}</li>
        {preview.left_behind.map((one) => (
          <li key={one.id}>
            {one.heir === null
              ? t("settings.leftAlone", { name: one.name })
              : t("settings.leftTo", { name: one.name, heir: one.heir })}
          </li>
        ))}
      </ul>
      <input type="email" name="email" autoComplete="username" value={me.email} readOnly hidden />
      <TextField
        label={t("settings.erasePassword")}
        error={form.at("password")}
        type="password"
        name="password"
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
      />
      {form.other && <Problem>{form.other}</Problem>}
      <div className={styles.row}>
        <Button type="submit" look="hot" rests={form.busy || password === ""}>
          {t("settings.eraseNow")}
        </Button>
        <Button look="quiet" onClick={onCancel}>
          {t("settings.eraseCancel")}
        </Button>
      </div>
    </form>
  );
}
