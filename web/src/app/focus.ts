import type { AnyRouter } from "@tanstack/react-router";

/** After a navigation the focus goes to the new page's heading, so that it is read and Tab goes on from there. */
export function moveFocusOnNavigation(router: AnyRouter): void {
  router.subscribe("onRendered", ({ pathChanged, fromLocation }) => {
    // The first page was asked for by the browser, which has put the focus where it belongs.
    if (pathChanged && fromLocation) focusHeading();
  });
}

let waiting: MutationObserver | null = null;

/** The heading, as soon as it is there: a page whose data takes long shows first that it is coming. */
function focusHeading(): void {
  waiting?.disconnect();
  const focus = () => {
    const heading = document.querySelector<HTMLElement>("main h1");
    heading?.focus({ preventScroll: true });
    return heading !== null;
  };
  if (focus()) return;
  const before = document.activeElement;
  waiting = new MutationObserver((_, self) => {
    // Who has gone on meanwhile stays there.
    const isElsewhere = document.activeElement !== before && document.activeElement !== document.body;
    if (isElsewhere || focus()) self.disconnect();
  });
  waiting.observe(document.getElementById("main") ?? document.body, { childList: true, subtree: true });
}

const REACHABLE = "a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled)";
function reachable(within: Node | null): HTMLElement[] {
  if (!(within instanceof HTMLElement) || !within.isConnected) return [];
  const own = within.matches(REACHABLE) ? [within] : [];
  return [...own, ...within.querySelectorAll<HTMLElement>(REACHABLE)].filter((one) => one.tabIndex >= 0);
}

/**
 * When what has the focus vanishes (a published draft leaves its list, a form closes), browsers forget the
 * place and Tab begins at the top again. Here the focus goes on: to the same control of the next row, to what
 * came instead, or to the heading above.
 */
export function keepFocusInPlace(): void {
  let last: HTMLElement | null = null;
  document.addEventListener("focusin", (event) => {
    last = event.target instanceof HTMLElement ? event.target : null;
  });
  document.addEventListener("pointerdown", () => (last = null));
  new MutationObserver((changes) => {
    if (!last || last.isConnected || document.activeElement !== document.body) return;
    const lost = last;
    last = null;
    // A dialog that went as a whole has given the focus back itself.
    if (lost.closest("dialog")) return;
    const change = changes.find(({ removedNodes }) => [...removedNodes].some((node) => node.contains(lost)));
    if (change) heirOf(lost, change, changes)?.focus({ preventScroll: change.target === document.body });
  }).observe(document.body, { childList: true, subtree: true });
}

function heirOf(lost: HTMLElement, change: MutationRecord, changes: MutationRecord[]): HTMLElement | undefined {
  const gone = [...change.removedNodes].find((node) => node.contains(lost))!;
  // A whole page went: the next one is read from its heading.
  if (gone instanceof Element && gone.querySelector("h1")) return document.querySelector<HTMLElement>("main h1") ?? undefined;
  if (gone instanceof HTMLLIElement) {
    const place = [...gone.querySelectorAll(REACHABLE)].indexOf(lost);
    const theirs = [change.nextSibling, change.previousSibling].map(reachable).find((row) => row.length) ?? [];
    return theirs[Math.min(Math.max(place, 0), theirs.length - 1)] ?? headingAbove(change.target);
  }
  const instead = changes.filter((one) => one.target === change.target).flatMap((one) => [...one.addedNodes]);
  return instead.flatMap(reachable)[0] ?? headingAbove(change.target);
}

function headingAbove(place: Node): HTMLElement | undefined {
  const within = place instanceof Element ? place.closest("section, dialog, aside, article, main") : null;
  const heading = (within ?? document).querySelector<HTMLElement>("h1, h2") ?? document.querySelector("main h1");
  if (!(heading instanceof HTMLElement)) return undefined;
  heading.tabIndex = -1;
  return heading;
}
