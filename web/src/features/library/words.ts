import { addWords } from "../../lib/messages";

/** The library. */
const words = {
  "library.title": "Library",
  "library.sections": "Parts of the library",
  "library.tracks": "Tracks",
  "library.releases": "Releases",
  "library.following": "Following",
  "library.history": "History",
  "library.lately": "Played lately",
  "library.latelyHint": "Kept on this device only.",
  "library.latelyEmptyTitle": "Nothing played yet",
  "library.latelyEmpty": "What you play on this device will stand here, so that you find it again.",
  "library.latelyClear": "Clear the list",
  "library.latelyCleared": "The list is empty",
  "library.guestTitle": "A place for what you love",
  "library.guest":
    "Tracks and releases you save and artists you follow will live here, on every device you sign in on.",
  "library.no.tracks.title": "No saved tracks yet",
  "library.no.tracks": "Press the heart beside a track, and it waits for you here.",
  "library.no.releases.title": "No saved releases yet",
  "library.no.releases": "Save an album, EP or single on its page, and it waits for you here.",
  "library.no.following.title": "You follow nobody yet",
  "library.no.following": "Follow the artists you want to hear more of; their names stand here like on a poster.",
  "history.keep": "Keep a history",
  "history.hint": "What you really heard, on all your devices. Only you see it, and it counts for nothing.",
  "history.pausedHint": "Paused: what you hear now is not kept. What is here stays until you delete it.",
  "history.paused": "History is paused",
  "history.resumed": "History goes on",
  "history.emptyTitle": "Nothing heard yet",
  "history.empty": "What you listen to for half a minute stands here, day by day, so that you find it again.",
  "history.emptyPaused": "History is paused, so nothing you play is kept. Turn it on above when you want it.",
  "history.failed": "Your history could not be fetched.",
  "history.deleteAll": "Delete everything",
  "history.deletedAll": "Your history is deleted",
  "history.deleteDay": "Delete this day",
  "history.deleteDayLabel": "Delete this day: {day}",
  "history.deletedDay": "Deleted: {day}",
  "history.deleteEntry": "Delete {title}, heard at {time}, from your history",
  "history.deletedEntry": "{title} is out of your history",
  "history.back": "It is back in your history",
  "library.home": "See what is new",
} as const;

type Part = typeof words;
declare module "../../lib/messages" {
  interface Words extends Part {}
}
addWords(words);
