import { addWords } from "../../lib/messages";

/** Home. */
const words = {
  "home.welcome": "Say what you like and how you go out",
  "home.yours": "Yours:",
  "home.yoursNear": "Yours, around {place}:",
  "home.thisWeek": "This week",
  "home.before": "Before that",
  "home.artists": "Who plays here",
  "home.allGenres": "Browse by genre",
  "home.friendTitle": "A quiet night? Bring a friend.",
  "home.friend": "Everything here plays at once, without an account. Send them the page and listen together.",
  "home.share": "Share this page",
} as const;

type Part = typeof words;
declare module "../../lib/messages" {
  interface Words extends Part {}
}
addWords(words);
