import { addWords } from "../../lib/messages";

/** What the pages of somebody who leaves, or takes that back, say. */
const words = {
  "keep.title": "Keep your account",
  "keep.lead": "It is about to be erased. Take that back, and everything is as it was.",
  "keep.submit": "Keep my account",
  "keep.working": "One moment",
  "keep.done": "Your account stays",
  "keep.doneLead": "Nothing was lost. Sign in, and go on where you were.",
  "keep.goneTitle": "This link is not valid any more",
  "keep.gone": "It was used already, or its time is over. Your address and password do the same, while the account is there.",
  "keep.byPassword": "Use address and password",
  "keep.stays": "Welcome back. Your account stays",
  "data.title": "Your data",
  "data.lead": "A page to read, the same for programs, and the files you sent, in one archive.",
  "data.fetch": "Fetch the archive",
  "data.private": "It is yours alone: store it where nobody else looks.",
  "data.goneTitle": "This link is over",
  "data.gone": "Archives are kept for seven days. You can ask for a new one in the settings.",
  "data.settings": "To the settings",
} as const;

type Part = typeof words;
declare module "../../lib/messages" {
  interface Words extends Part {}
}
addWords(words);
