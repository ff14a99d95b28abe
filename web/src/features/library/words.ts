import { addWords } from "../../lib/messages";

/** The library. */
const words = {
  "library.title": "Library",
  "library.sections": "Parts of the library",
  "library.tracks": "Tracks",
  "library.releases": "Releases",
  "library.artists": "Artists",
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
  "library.no.artists.title": "You follow nobody yet",
  "library.no.artists": "Follow the artists you want to hear more of; their names stand here like on a poster.",
  "library.home": "See what is new",
} as const;

type Part = typeof words;
declare module "../../lib/messages" {
  interface Words extends Part {}
}
addWords(words);
