import { addWords } from "../../lib/messages";

/** The words of the player's sheet and queue, which come a moment after the page. */
const words = {
  "player.close": "Close the player",
  "player.toArtist": "Go to {name}",
  "queue.now": "Playing now",
  "queue.emptyTitle": "Nothing queued",
  "queue.empty": "What you play or add to the queue waits here for its turn.",
  "queue.clear": "Clear",
  "queue.clearLabel": "Clear the queue",
  "queue.cleared": "The queue is empty",
  "queue.removed": "{title} is out of the queue",
  "queue.remove": "Remove {title} from the queue",
  "queue.jump": "Play",
  "queue.missing": "A track that is gone",
  "queue.coming": "One moment",
  "queue.move": "Move {title}",
  "queue.up": "Move {title} up",
  "queue.down": "Move {title} down",
  "queue.instructions":
    "Drag it, or press it to take the track in hand: then the up and down arrows move it, Enter leaves it there and Escape puts it back.",
  "queue.grabbed": "{title} is in hand, place {place} of {count}. Up and down move it.",
  "queue.movedTo": "Place {place} of {count}",
  "queue.moved": "{title} is at place {place}",
  "queue.dropped": "{title} stays at place {place}",
  "queue.putBack": "{title} is back at place {place}",
} as const;

type Part = typeof words;
declare module "../../lib/messages" {
  interface Words extends Part {}
}
addWords(words);
