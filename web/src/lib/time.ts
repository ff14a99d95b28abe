import { t, tn } from "./messages";

/** `3:07`, or `1:02:03` from an hour on. Anything that is not a length in seconds is `0:00`. */
export function clockTime(seconds: number): string {
  const whole = Number.isFinite(seconds) && seconds > 0 ? Math.floor(seconds) : 0;
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const tail = String(whole % 60).padStart(2, "0");
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${tail}` : `${minutes}:${tail}`;
}

/** A length for a screen reader or a sentence: `3 minutes 7 seconds`. */
export function spokenTime(seconds: number): string {
  const whole = Number.isFinite(seconds) && seconds > 0 ? Math.floor(seconds) : 0;
  const parts = [
    Math.floor(whole / 3600) ? tn("time.hours", Math.floor(whole / 3600)) : "",
    Math.floor((whole % 3600) / 60) ? tn("time.minutes", Math.floor((whole % 3600) / 60)) : "",
    whole % 60 || whole === 0 ? tn("time.seconds", whole % 60) : "",
  ];
  return parts.filter(Boolean).join(" ");
}

/** Monday to Sunday, as ISO numbers them from 1. */
export const WEEKDAYS: readonly string[] = Array.from({ length: 7 }, (_, day) =>
  new Intl.DateTimeFormat("en", { weekday: "long", timeZone: "UTC" }).format(Date.UTC(2024, 0, 1 + day)),
);

const DAY = 86_400_000;

/** `today`, `yesterday`, a weekday within the week, else a date, in the reader's zone. */
export function dayInWords(instant: string, now: Date = new Date()): string {
  const then = new Date(instant);
  const days = Math.round((midnight(now) - midnight(then)) / DAY);
  if (days === 0) return t("time.today");
  if (days === 1) return t("time.yesterday");
  if (days > 1 && days < 7) return new Intl.DateTimeFormat("en", { weekday: "long" }).format(then);
  const year = then.getFullYear() === now.getFullYear() ? undefined : "numeric";
  return new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year }).format(then);
}

function midnight(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

/** `Saturday at 14:05`, in the reader's zone: for what comes within the week. */
export function weekdayAndTime(instant: string): string {
  return new Intl.DateTimeFormat("en-GB", { weekday: "long", hour: "2-digit", minute: "2-digit" })
    .format(new Date(instant))
    .replace(/,? (?=\d)/, " at ");
}

/** `0 bytes`, `12 KB`, `4.1 MB`: decimal units, as file managers show them. */
export function fileSize(bytes: number): string {
  if (bytes < 1000) return tn("size.bytes", bytes);
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} KB`;
  const mega = bytes / 1_000_000;
  return mega < 1000 ? `${mega.toFixed(mega < 10 ? 1 : 0)} MB` : `${(mega / 1000).toFixed(1)} GB`;
}
