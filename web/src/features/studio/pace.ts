import { t, tn } from "../../lib/messages";
import "./words";

/** How fast bytes leave, from what was sent when: a running mean, as connections breathe. */
export interface Pace {
  readonly sent: number;
  readonly at: number;
  readonly perSecond: number | null;
}

/** Shorter steps than this say more about buffers than about the connection, in ms. */
const STEP_MS = 500;
const NEWEST_COUNTS = 0.3;

export const paceFrom = (sent: number, at: number): Pace => ({ sent, at, perSecond: null });

export function nextPace(before: Pace, sent: number, at: number): Pace {
  if (at - before.at < STEP_MS) return before;
  const now = ((sent - before.sent) * 1000) / (at - before.at);
  const perSecond =
    before.perSecond === null ? now : before.perSecond * (1 - NEWEST_COUNTS) + now * NEWEST_COUNTS;
  return { sent, at, perSecond };
}

/** Seconds until `total` bytes are sent; null while nobody can tell. */
export function secondsLeft(pace: Pace, total: number): number | null {
  if (!pace.perSecond || pace.perSecond <= 0) return null;
  return Math.max(0, total - pace.sent) / pace.perSecond;
}

/** As people say it: never more exact than it is. */
export function leftInWords(seconds: number): string {
  if (seconds < 5) return t("upload.leftMoment");
  if (seconds < 55) return tn("upload.leftSeconds", Math.ceil(seconds / 5) * 5);
  if (seconds < 3600) return tn("upload.leftMinutes", Math.max(1, Math.round(seconds / 60)));
  return tn("upload.leftHours", Math.round(seconds / 3600));
}
