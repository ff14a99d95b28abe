/** What of the player is fetched after the first load. */
import { playerEn } from "../../lib/catalogue.player.en";
import { addWords } from "../../lib/messages";

addWords(playerEn);

export { PlayerSheet } from "./PlayerSheet";
export { QueuePanel } from "./QueuePanel";
