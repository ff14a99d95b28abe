import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useId, useRef, useState } from "react";
import { wordsOf } from "../../api/client";
import { keysQuery, makeKey, takeKeyBack } from "../../api/keys";
import type { Key, KeyScope, KeyToMake, NewKey } from "../../api/types";
import { SEPARATOR, t } from "../../lib/messages";
import { dayInWords } from "../../lib/time";
import { Button, Field, inputClass, Problem } from "../../ui/controls";
import { ErrorNote } from "../../ui/ErrorNote";
import { More } from "../../ui/More";
import { say } from "../../ui/said";
import { TextField } from "../../ui/TextField";
import { useSubmit } from "../../ui/useSubmit";
import styles from "./SettingsPage.module.css";
import "./words";

const SCOPES: readonly KeyScope[] = ["read", "write", "upload"];
const DAY_MS = 86_400_000;
/** Days; 0 is for as long as it is not taken back. */
const ENDS = [90, 365, 30, 0] as const;

/** What programs sign in with for this account. */
export function Keys() {
  const [made, setMade] = useState<NewKey | null>(null);
  return (
    <>
      <p className="muted">{t("settings.keysLead")}</p>
      <Form onMade={setMade} />
      {made && <Secret key={made.key.id} made={made} />}
      <List onTakenBack={(id) => setMade((now) => (now?.key.id === id ? null : now))} />
    </>
  );
}

function Form({ onMade }: { onMade: (made: NewKey) => void }) {
  const group = useId();
  const [name, setName] = useState("");
  const [kind, setKind] = useState<NonNullable<KeyToMake["kind"]>>("api_key");
  const [scopes, setScopes] = useState<readonly KeyScope[]>(["read"]);
  const [days, setDays] = useState<number>(ENDS[0]);
  const form = useSubmit(["name", "scopes"], async () => {
    const expires_at = days ? new Date(Date.now() + days * DAY_MS).toISOString() : null;
    onMade(await makeKey({ kind, name: name.trim(), scopes: kind === "api_key" ? [...scopes] : [], expires_at }));
    setName("");
  });
  const choose = (scope: KeyScope, on: boolean) =>
    setScopes((now) => SCOPES.filter((one) => (one === scope ? on : now.includes(one))));
  return (
    <form className={styles.form} onSubmit={form.onSubmit}>
      <TextField
        label={t("settings.keyName")}
        hint={t("settings.keyNameHint")}
        error={form.at("name")}
        name="key-name"
        autoComplete="off"
        maxLength={60}
        value={name}
        onChange={setName}
      />
      <Field label={t("settings.keyKind")} hint={t(`settings.keyKind.${kind}.hint`)}>
        {(ids) => (
          <select
            {...ids}
            className={inputClass}
            value={kind}
            onChange={(event) => setKind(event.currentTarget.value as typeof kind)}
          >
            <option value="api_key">{t("settings.keyKind.api_key")}</option>
            <option value="app_password">{t("settings.keyKind.app_password")}</option>
          </select>
        )}
      </Field>
      {kind === "api_key" && (
        <fieldset className={styles.scopes} aria-describedby={form.at("scopes") ? `${group}-error` : undefined}>
          <legend>{t("settings.keyScopes")}</legend>
          {SCOPES.map((scope) => (
            <label key={scope}>
              <input
                type="checkbox"
                checked={scopes.includes(scope)}
                onChange={(event) => choose(scope, event.currentTarget.checked)}
              />
              {t(`settings.scope.${scope}`)}
            </label>
          ))}
          {form.at("scopes") && (
            <p role="alert" id={`${group}-error`}>
              {form.at("scopes")}
            </p>
          )}
        </fieldset>
      )}
      <Field label={t("settings.keyEnds")}>
        {(ids) => (
          <select
            {...ids}
            className={inputClass}
            value={days}
            onChange={(event) => setDays(Number(event.currentTarget.value))}
          >
            {ENDS.map((one) => (
              <option key={one} value={one}>
                {one ? t("settings.keyEnds.days", { days: one }) : t("settings.keyEnds.never")}
              </option>
            ))}
          </select>
        )}
      </Field>
      {form.other && <Problem>{form.other}</Problem>}
      <Button type="submit" rests={form.busy}>
        {t("settings.makeKey")}
      </Button>
    </form>
  );
}

/** The only time that it is shown. */
function Secret({ made }: { made: NewKey }) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  async function copy() {
    try {
      await navigator.clipboard.writeText(made.secret);
      say(t("settings.keyCopied"));
    } catch {
      field.current?.select();
      say(t("settings.keyCopyByHand"));
    }
  }
  return (
    <div className={styles.secret}>
      <Field label={t("settings.keySecret", { name: made.key.name })} hint={t("settings.keySecretHint")}>
        {(ids) => (
          <input
            {...ids}
            ref={field}
            className={inputClass}
            readOnly
            value={made.secret}
            onFocus={(event) => event.currentTarget.select()}
          />
        )}
      </Field>
      <Button onClick={() => void copy()}>{t("settings.keyCopy")}</Button>
    </div>
  );
}

function List({ onTakenBack }: { onTakenBack: (id: string) => void }) {
  const keys = useInfiniteQuery(keysQuery);
  if (keys.isError) {
    return (
      <ErrorNote title={t("settings.keysFailed")} onRetry={() => void keys.refetch()} busy={keys.isFetching}>
        {wordsOf(keys.error)}
      </ErrorNote>
    );
  }
  const rows = keys.data?.pages.flatMap((page) => page.items) ?? [];
  if (keys.data && rows.length === 0) return <p className="muted">{t("settings.noKeys")}</p>;
  return (
    <>
      <ul className={styles.sessions}>
        {rows.map((one) => (
          <Row key={one.id} one={one} onTakenBack={onTakenBack} />
        ))}
      </ul>
      <More {...keys} />
    </>
  );
}

function Row({ one, onTakenBack }: { one: Key; onTakenBack: (id: string) => void }) {
  const [busy, setBusy] = useState(false);
  async function takeBack() {
    setBusy(true);
    try {
      await takeKeyBack(one.id);
      onTakenBack(one.id);
      say(t("settings.keyTakenBack", { name: one.name }));
    } catch (error) {
      say(wordsOf(error));
      setBusy(false);
    }
  }
  const may =
    one.kind === "app_password"
      ? [t("settings.keyKind.app_password")]
      : SCOPES.filter((scope) => one.scopes.includes(scope)).map((scope) => t(`settings.scope.${scope}.short`));
  const used = one.last_used_at ? t("settings.keyUsed", { day: dayInWords(one.last_used_at) }) : t("settings.keyUnused");
  const ends = one.expires_at && t(isPast(one.expires_at) ? "settings.keyOver" : "settings.keyUntil", { day: dayInWords(one.expires_at) });
  return (
    <li className={styles.session}>
      <span className={styles.device}>
        <strong className={styles.long}>{one.name}</strong>
        <span className="muted small">{[may.join(", "), used, ends].filter(Boolean).join(SEPARATOR)}</span>
      </span>
      <Button
        size="small"
        look="quiet"
        rests={busy}
        aria-label={t("settings.takeKeyBackLabel", { name: one.name })}
        onClick={() => void takeBack()}
      >
        {t("settings.takeKeyBack")}
      </Button>
    </li>
  );
}

function isPast(instant: string): boolean {
  return new Date(instant).getTime() <= Date.now();
}
