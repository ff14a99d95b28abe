import { addWords } from "../../lib/messages";

/** The welcome: what a newcomer may say about themselves. */
const words = {
  "welcome.step": "Step {number} of {count}",
  "welcome.next": "Next",
  "welcome.back": "Back",
  "welcome.skip": "Skip this",
  "welcome.skipAll": "Skip it all",
  "welcome.finish": "See what is on",
  "welcome.done": "That is all. It can be changed in the settings",
  "welcome.skipped": "Skipped. You find it again in the settings",
  "welcome.going": "How do you go out?",
  "welcome.goingLead": "It decides what is near enough to tell you about. Nobody else sees it.",
  "welcome.reach": "How far would you go for a good night?",
  "welcome.reach.walk": "A walk, 3 km",
  "welcome.reach.city": "Across town, 15 km",
  "welcome.reach.region": "The region, 60 km",
  "welcome.reach.none": "No matter",
  "welcome.nights": "On which nights?",
  "welcome.place": "Where are you?",
  "welcome.placeLead": "A city or a district is enough: we keep it to some ten kilometres, and nobody else sees it.",
  "welcome.placeField": "City or district",
  "welcome.placeHint": "Type how its name begins; a country after a comma narrows it down.",
  "welcome.placeNone": "No place begins so. Try the next larger one.",
  "welcome.placeFound.one": "{count} place found",
  "welcome.placeFound.other": "{count} places found",
  "welcome.placeLooking": "Looking through the list…",
  "welcome.placeChosen": "You are around {place}",
  "welcome.placeForget": "Forget {place}",
  "welcome.placeFrom": "Places from GeoNames, CC BY 4.0",
  "welcome.genres": "What do you like to hear?",
  "welcome.genresLead": "As many as you like, or none.",
  "welcome.genresField": "Genres",
  "welcome.listen": "Keep or pass?",
  "welcome.listenLead": "Ten seconds each. What you keep waits in your library.",
  "welcome.clip": "Clip {number} of {count}: {title} by {artist}",
  "welcome.clipPlay": "Play ten seconds of {title}",
  "welcome.clipStop": "Stop {title}",
  "welcome.keep": "Keep",
  "welcome.pass": "Pass",
  "welcome.clipBack": "The one before",
  "welcome.kept.one": "You kept {count}. It is in your library.",
  "welcome.kept.other": "You kept {count}. They are in your library.",
  "welcome.keptNone": "You kept none of them. There is more to hear.",
  "welcome.clipsNone": "Nothing to judge yet: when artists publish, their songs play here.",
  "welcome.clipsFailed": "The clips could not be fetched.",
  "welcome.artists": "Or an artist you love",
  "welcome.artistsField": "Name of an artist",
  "welcome.artistsNone": "Nobody here goes by that name yet.",
} as const;

type Part = typeof words;
declare module "../../lib/messages" {
  interface Words extends Part {}
}
addWords(words);
