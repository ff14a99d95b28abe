import { SEPARATOR, t, tn } from "../../lib/messages";
import { fileSize } from "../../lib/time";
import { leftInWords, secondsLeft } from "./pace";
import { isGoing, type Upload } from "./uploads";
import "./words";

/** Where one file is, for the eye. */
export function wordsOfPhase({ phase, track, sent, file, pace }: Upload): string {
  switch (phase) {
    case "waiting":
      return t("upload.waiting");
    case "sending": {
      const left = pace && secondsLeft(pace, file.size);
      return [
        t("upload.percent", { percent: Math.floor(sent * 100) }),
        t("upload.bytes", { sent: fileSize(sent * file.size), size: fileSize(file.size) }),
        left && leftInWords(left),
      ]
        .filter(Boolean)
        .join(SEPARATOR);
    }
    case "reading":
      return t("upload.reading");
    case "away":
      return sent ? t("upload.away", { percent: Math.floor(sent * 100) }) : t("upload.awayWaiting");
    case "done":
      return track?.publication === "published" ? t("upload.donePublished") : t("upload.done");
    case "failed":
      return "";
  }
}

/** All files together, for the eye. */
export function wordsOfAll(list: readonly Upload[]): string {
  const going = list.filter(isGoing);
  const failures = list.filter(({ phase }) => phase === "failed").length;
  const facts = [t("upload.ready", { done: countDone(list), count: list.length })];
  if (going.length) facts.push(t("upload.percent", { percent: percentOf(list) }));
  const left = timeLeft(going);
  if (left !== null) facts.push(leftInWords(left));
  if (failures) facts.push(tn("upload.failures", failures));
  return facts.join(SEPARATOR);
}

/** All files together, for the ear: a few sentences over the whole way, however many files there are. */
export function spokenOfAll(list: readonly Upload[]): string {
  if (!list.length) return "";
  const going = list.filter(isGoing);
  if (!going.length) return countDone(list) ? tn("upload.spokenReady", countDone(list)) : "";
  if (going.every(({ phase }) => phase === "away")) return t("upload.spokenAway");
  const quarter = Math.floor(percentOf(list) / 25) * 25;
  return quarter ? t("upload.spokenSent", { percent: quarter }) : tn("upload.spokenBegun", list.length);
}

const countDone = (list: readonly Upload[]): number => list.filter(({ phase }) => phase === "done").length;

function percentOf(list: readonly Upload[]): number {
  const counted = list.filter(({ phase }) => phase !== "failed");
  const total = counted.reduce((sum, { file }) => sum + file.size, 0);
  const gone = counted.reduce((sum, { file, sent, phase }) => sum + file.size * (phase === "done" ? 1 : sent), 0);
  return total ? Math.floor((gone / total) * 100) : 0;
}

function timeLeft(going: readonly Upload[]): number | null {
  const perSecond = going.reduce((sum, { pace }) => sum + (pace?.perSecond ?? 0), 0);
  if (perSecond <= 0) return null;
  return going.reduce((sum, { file, sent }) => sum + file.size * (1 - sent), 0) / perSecond;
}
