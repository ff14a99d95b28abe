import { addWords } from "../../lib/messages";

/** An artist's page. */
const words = {
  "artist.edit": "Edit in the studio",
  "artist.mail": "Hear of it by mail",
  "artist.mailHint": "Without an account: a mail when {name} put something out, and nothing else.",
  "artist.mailMe": "Tell me by mail",
  "artist.mailAsked": "If we may write to {email}, a mail with a link to confirm is on its way.",
  "artist.allTracks": "All tracks",
} as const;

type Part = typeof words;
declare module "../../lib/messages" {
  interface Words extends Part {}
}
addWords(words);
