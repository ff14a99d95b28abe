import type { HeardEntry } from "../../api/types";

/** A day of the reader's, and what was heard on it; the latest first. */
export type Row = { day: string; since: string; until: string } | { entry: HeardEntry };

/** A heading for each day, and its entries below it. Days begin at the reader's own midnight. */
export function rowsOf(entries: readonly HeardEntry[]): Row[] {
  const rows: Row[] = [];
  let since: number | null = null;
  for (const entry of entries) {
    const midnight = startOfDay(entry.heard_at, 0);
    if (midnight.getTime() !== since) {
      since = midnight.getTime();
      rows.push({ day: entry.heard_at, since: midnight.toISOString(), until: startOfDay(entry.heard_at, 1).toISOString() });
    }
    rows.push({ entry });
  }
  return rows;
}

/** Not by adding 24 hours: a day on which the clocks change has another length. */
function startOfDay(instant: string, more: number): Date {
  const then = new Date(instant);
  return new Date(then.getFullYear(), then.getMonth(), then.getDate() + more);
}
