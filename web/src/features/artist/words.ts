import { addWords } from "../../lib/messages";

/** An artist's page. */
const words = {
  "artist.edit": "Edit in the studio",
  "artist.allTracks": "All tracks",
} as const;

type Part = typeof words;
declare module "../../lib/messages" {
  interface Words extends Part {}
}
addWords(words);
