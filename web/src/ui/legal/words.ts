import { addWords } from "../../lib/messages";

/** The part of the catalogue around the legal pages; their texts come from the server. */
const words = {
  "legal.pages": "Legal pages",
  "legal.terms": "Terms",
  "legal.privacy": "Privacy",
  "legal.imprint": "Imprint",
  "legal.notice": "Report something illegal",
  "legal.export": "Your export has",
  "legal.erase": "Erasing",
  "legal.agree": "By signing up you agree to the",
  "legal.andPrivacy": "How your data is kept:",
} as const;

type Part = typeof words;
declare module "../../lib/messages" {
  interface Words extends Part {}
}
addWords(words);
