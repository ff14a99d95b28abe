import { Link } from "@tanstack/react-router";
import type { AuditRecord } from "../../api/types";
import { SEPARATOR, t, tMaybe } from "../../lib/messages";
import { dayInWords } from "../../lib/time";
import styles from "./Admin.module.css";
import "./words";

/** An act in words; one that this page has no words for yet, as the server names it. */
export const actName = (act: string) => tMaybe(`admin.did.${act}`) ?? act;

export const timeOfDay = (instant: string) =>
  new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" }).format(new Date(instant));

export function LogRows({ rows }: { rows: readonly AuditRecord[] }) {
  return (
    <ul className={styles.rows}>
      {rows.map((entry) => (
        <Entry key={entry.seq} entry={entry} />
      ))}
    </ul>
  );
}

function Entry({ entry }: { entry: AuditRecord }) {
  const when = t("admin.entry", { day: dayInWords(entry.at), time: timeOfDay(entry.at) });
  return (
    <li className={styles.row}>
      <span className={styles.who}>
        <strong>{actName(entry.act)}</strong>
        <span>
          <Subject entry={entry} />
        </span>
        <span className="small">{detailsOf(entry)}</span>
        <span className="muted small">{[when, byWhom(entry), `#${entry.seq}`].join(SEPARATOR)}</span>
      </span>
    </li>
  );
}

function Subject({ entry }: { entry: AuditRecord }) {
  const { subject_kind: kind, subject_id: id } = entry;
  if (kind === "account" && id && entry.subject_name) {
    return (
      <Link to="/admin/people/$id" params={{ id }}>
        {entry.subject_name}
      </Link>
    );
  }
  if (kind === "account") return t("admin.someone");
  return entry.subject_name ?? [kind, id].filter(Boolean).join(" ");
}

function byWhom(entry: AuditRecord): string {
  if (entry.hand === "shell") return t("admin.byShell");
  if (entry.hand === "scene") return t("admin.byScene");
  return t("admin.by", { name: entry.actor_name ?? t("admin.someone") });
}

function detailsOf({ payload }: AuditRecord): string {
  if (payload === null) return t("admin.erased");
  return Object.entries(payload)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => {
      const shown = name === "until" ? dayInWords(String(value)) : (tMaybe(`admin.role.${String(value)}`) ?? String(value));
      return tMaybe(`admin.detail.${name}`, { value: shown }) ?? `${name}: ${shown}`;
    })
    .join(SEPARATOR);
}
