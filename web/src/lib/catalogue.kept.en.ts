/** What is said when the connection or the page's version changes, and of what was kept. */
export const keptEn = {
  "notice.away": "No connection. What you saw is still here.",
  "notice.newVersion": "A new version of the page is here.",
  "notice.newVersionPlaying": "A new version of the page is here. Reloading stops the music and keeps its place.",
  "notice.reload": "Reload",
  "notice.reloading": "Reloading",
  "notice.label": "Notices",
  "kept.title": "What is here without it",
  "kept.none": "Nothing has been kept on this device yet. Pages you open are kept for such moments.",
  "kept.home": "New in town",
} as const;
