import { addWords } from "../../lib/messages";

/** A track, its menu and its lists. */
const words = {
  "list.trouble": "The rest of the list could not be fetched.",
  "list.safe": "What is here still plays. Check the connection and try again.",

  "keep.remove": "Remove from library",

  "track.playAll": "Play",
  "track.pauseAll": "Pause",
  "track.playAllOf": "Play {name}",
  "track.pauseAllOf": "Pause {name}",
  "track.playNext": "Play next",
  "track.next": "{title} plays next",
  "track.share": "Share",
  "track.menu": "More for {title}",
  "track.addToQueue": "Add to queue",
  "track.goToArtist": "Go to artist",
  "track.goToRelease": "Go to release",
  "track.forDjs": "For DJs",
  "track.range": "Loudness range",
  "track.rangeValue": "{lu} LU",
  "track.peak": "True peak",
  "track.peakValue": "{db} dBTP",
  "track.size": "File",
  "track.moreOnRelease": "More on {title}",
} as const;

type Part = typeof words;
declare module "../../lib/messages" {
  interface Words extends Part {}
}
addWords(words);
