import { addWords } from "../lib/messages";

/** What is said when the connection or the page's version changes, and of what was kept. */
const words = {
  "notice.away": "No connection. What you saw is still here.",
  "notice.newVersion": "A new version of the page is here.",
  "notice.newVersionPlaying": "A new version of the page is here. Reloading stops the music and keeps its place.",
  "notice.reload": "Reload",
  "notice.reloading": "Reloading",
  "kept.title": "What is here without it",
  "kept.none": "Nothing has been kept on this device yet. Pages you open are kept for such moments.",
  "kept.home": "New in town",
} as const;

type Part = typeof words;
declare module "../lib/messages" {
  interface Words extends Part {}
}
addWords(words);
