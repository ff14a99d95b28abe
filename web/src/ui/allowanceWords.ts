import { addWords } from "../lib/messages";

const words = {
  "allowance.uploads.one": "One more track can be added within a day.",
  "allowance.uploads.other": "{count} more tracks can be added within a day.",
  "allowance.uploadsNone": "{most} tracks within a day is the most for now. The next one can come on {when}.",
  "allowance.claims.one": "You can claim one more page within a day.",
  "allowance.claims.other": "You can claim {count} more pages within a day.",
  "allowance.claimsNone": "{most} claims within a day is the most for now. The next one can come on {when}.",
  "allowance.new": "More goes a day after you joined, with your address confirmed.",
} as const;

type Part = typeof words;
declare module "../lib/messages" {
  interface Words extends Part {}
}
addWords(words);
