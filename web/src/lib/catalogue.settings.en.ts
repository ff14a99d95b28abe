/** The settings' part of the catalogue. */
export const settingsEn = {
  "settings.title": "Settings",
  "settings.lead": "Your account, and how the page looks and listens on this device.",
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
