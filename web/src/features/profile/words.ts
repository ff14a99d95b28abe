import { addWords } from "../../lib/messages";

/** Pages of venues and organisers. */
const words = {
  "profile.venue": "Venue",
  "profile.organiser": "Organiser",
  "profile.promoter": "Promoter",
  "profile.collective": "Collective",
  "profile.series": "Series",
  "profile.festival": "Festival",
  "profile.label": "Label",
  "profile.about": "About",
  "profile.shows": "Shows",
  "profile.noShows": "Nothing is announced yet. When something is, it stands here first.",
  "profile.edit": "Edit in the studio",
} as const;

type Part = typeof words;
declare module "../../lib/messages" {
  interface Words extends Part {}
}
addWords(words);
