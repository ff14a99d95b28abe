import { addWords } from "../../lib/messages";

/** Save and follow. */
const words = {
  "keep.save": "Save",
  "keep.saved": "Saved",
  "keep.follow": "Follow",
  "keep.following": "Following",
  "keep.track.do": "Save {name}",
  "keep.track.is": "Saved: {name}. Remove it",
  "keep.track.did": "{name} is in your library",
  "keep.track.undid": "{name} is out of your library",
  "keep.release.do": "Save {name}",
  "keep.release.is": "Saved: {name}. Remove it",
  "keep.release.did": "{name} is in your library",
  "keep.release.undid": "{name} is out of your library",
  "keep.artist.do": "Follow {name}",
  "keep.artist.is": "Following {name}. Stop",
  "keep.artist.did": "You follow {name}",
  "keep.artist.undid": "You no longer follow {name}",
} as const;

type Part = typeof words;
declare module "../../lib/messages" {
  interface Words extends Part {}
}
addWords(words);
