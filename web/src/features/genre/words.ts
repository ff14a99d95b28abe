import { addWords } from "../../lib/messages";

/** Genres, all and one. */
const words = {
  "genres.title": "Genres",
  "genres.lead": "Whatever the night needs.",
  "genres.emptyTitle": "No genre has a track yet",
  "genres.empty": "Every genre that somebody here plays will have its own page. Until then, start with what is new.",
  "genres.home": "See what is new",
  "genres.silent": "Nobody plays these yet",
  "genres.artists.one": "{count} artist",
  "genres.artists.other": "{count} artists",

  "genre.kind": "Genre",
  "genre.tracks": "Tracks",
  "genre.releases": "Releases",
  "genre.artists": "Artists",
  "genre.emptyTitle": "Nobody plays {name} here yet",
  "genre.empty": "When an artist publishes the first track of it, it plays on this page.",
  "genre.all": "All genres",
} as const;

type Part = typeof words;
declare module "../../lib/messages" {
  interface Words extends Part {}
}
addWords(words);
