/**
 * `j` and `k`: the focus goes to the play button of the next or previous track on the page, in reading order;
 * from elsewhere to the first one in sight. Enter then plays it, being pressed on a button. False without tracks.
 */
export function stepThroughTracks(by: 1 | -1): boolean {
  const all = [...document.querySelectorAll<HTMLElement>("main [data-track]:not(:disabled)")];
  const shown = all.filter((one) => one.checkVisibility());
  const target = shown[placeAfter(shown, by)];
  if (!target) return false;
  target.focus({ preventScroll: true });
  target.scrollIntoView({ block: "nearest" });
  return true;
}

function placeAfter(shown: readonly HTMLElement[], by: 1 | -1): number {
  const focused = document.activeElement;
  // Anywhere in a track's row is at that track.
  const row = focused?.closest("li");
  const at = shown.findIndex((one) => one === focused || (row && one.closest("li") === row));
  if (at >= 0) return Math.min(Math.max(at + by, 0), shown.length - 1);
  const inSight = shown.findIndex((one) => one.getBoundingClientRect().top >= 0);
  return Math.max(inSight, 0);
}
