import { addWords } from "../../lib/messages";

/** The list of keys: it comes when somebody asks for it. */
const words = {
  "keys.title": "Keyboard keys",
  "keys.everywhere": "Everywhere",
  "keys.inLists": "In a list of tracks",
  "keys.playing": "While something plays",
  "keys.find": "Find a page, an artist, an action",
  "keys.help": "This list",
  "keys.undo": "Take back what was just done",
  "keys.escape": "Close what is open",
  "keys.down": "To the next track",
  "keys.up": "To the track before",
  "keys.enter": "Play it",
  "keys.space": "Play or pause",
  "keys.next": "Play the next track",
  "keys.previous": "Play the track before, or this one from its start",
  "keys.right": "Forward 5 seconds",
  "keys.left": "Back 5 seconds",
  "keys.mute": "Sound off or on",
  "keys.queue": "Open or close the queue",
  "keys.or": "or",
  "keys.spaceName": "Space",
} as const;

type Part = typeof words;
declare module "../../lib/messages" {
  interface Words extends Part {}
}
addWords(words);
