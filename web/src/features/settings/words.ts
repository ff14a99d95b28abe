import { addWords } from "../../lib/messages";

/** The settings' part of the catalogue. */
const words = {
  "settings.title": "Settings",
  "settings.lead": "Your account, and how the page looks and listens on this device.",
  "settings.name": "Name",
  "settings.account": "Account",
  "settings.guest": "With an account you can follow artists, save what you like, and put out music of your own.",
  "settings.saveName": "Save the name",
  "settings.nameChanged": "You are {name} now",
  "settings.password": "Password",
  "settings.currentPassword": "Password now",
  "settings.newPassword": "New password",
  "settings.changePassword": "Change the password",
  "settings.passwordChanged": "The password is changed, and every other device is signed out",
  "settings.sessions": "Where you are signed in",
  "settings.sessionsFailed": "The list could not be fetched.",
  "settings.unknownDevice": "A browser or app",
  "settings.since": "Since {day}",
  "settings.seen": "last here {day}",
  "settings.thisOne": "this one",
  "settings.endSession": "Sign out {device}",
  "settings.sessionEnded": "{device} is signed out",
  "settings.allSessions": "Show all",
  "settings.signOutEverywhere": "Sign out everywhere",
  "settings.playing": "Playing",
  "settings.volumeHint": "Kept on this device, like your queue and your place in it.",
  "settings.look": "Look",
  "settings.theme": "Theme",
  "settings.themeHint": "Kept on this device.",
  "settings.theme.system": "As this device",
  "settings.theme.light": "Light",
  "settings.theme.dark": "Dark",
  "settings.keys": "Keys",
  "settings.singleKeys": "Single keys",
  "settings.singleKeysHint": "Letters alone are commands, such as n for the next track. Space and Ctrl+K always work.",
  "settings.keyList": "Show all keys",
} as const;

type Part = typeof words;
declare module "../../lib/messages" {
  interface Words extends Part {}
}
addWords(words);
