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
  "keep.party.do": "Follow {name}",
  "keep.party.is": "Following {name}. Stop",
  "keep.party.did": "You follow {name}",
  "keep.party.undid": "You no longer follow {name}",
} as const;

type Part = typeof words;
declare module "../../lib/messages" {
  interface Words extends Part {}
}
addWords(words);
