/** What of the player is fetched after the first load. */
export { PlayerSheet } from "./PlayerSheet";
export { QueuePanel } from "./QueuePanel";
