import { addWords } from "../../lib/messages";

/** A release's page. */
const words = {
  "release.moreBy": "More by {name}",
  "release.out": "Out {day}",
  "release.edit": "Edit in the studio",
} as const;

type Part = typeof words;
declare module "../../lib/messages" {
  interface Words extends Part {}
}
addWords(words);
