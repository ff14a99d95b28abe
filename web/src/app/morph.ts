import type { AnyRouter, ParsedLocation } from "@tanstack/react-router";

/** The one name in a transition; a page may show the same cover twice, and two of a name stop it. */
const NAME = "cover";
const OF_COVERED_PAGE = /^\/(?:tracks|releases)\/([^/]+)$/;

/** Whose cover is on its way from the page that goes to the page that comes. */
let going: string | null = null;
let named: HTMLElement | null = null;

/**
 * A cover that stands in both pages moves from its place in the one to its place in the other: from the card that
 * was pressed into the page, and back again. Nothing moves for who asked for less motion, and in browsers without
 * typed view transitions.
 */
export function morphCovers(router: AnyRouter): void {
  router.subscribe("onRendered", () => {
    if (going !== null) nameCoverOf(going);
    going = null;
  });
}

interface Change {
  fromLocation?: ParsedLocation | undefined;
  toLocation: ParsedLocation;
  pathChanged: boolean;
}

/** What kind of transition a navigation is; `false` is none. For the router's `defaultViewTransition`. */
export function transitionTypes({ fromLocation, toLocation, pathChanged }: Change): string[] | false {
  going = null;
  if (!pathChanged || matchMedia("(prefers-reduced-motion: reduce)").matches) return false;
  const ids = [toLocation, fromLocation].map((location) => OF_COVERED_PAGE.exec(location?.pathname ?? "")?.[1]);
  going = ids.find((id) => id !== undefined && nameCoverOf(id)) ?? null;
  return going === null ? false : ["cover"];
}

/** Gives the name to the largest picture in sight of that cover. */
function nameCoverOf(id: string): boolean {
  if (named) named.style.viewTransitionName = "";
  const all = [...document.querySelectorAll<HTMLElement>(`main [data-cover="${CSS.escape(id)}"]`)];
  const [largest] = all.filter(isInSight).sort((one, other) => other.clientWidth - one.clientWidth);
  named = largest ?? null;
  if (named) named.style.viewTransitionName = NAME;
  return named !== null;
}

function isInSight(element: HTMLElement): boolean {
  const { top, bottom, left, right, width } = element.getBoundingClientRect();
  return width > 0 && bottom > 0 && top < innerHeight && right > 0 && left < innerWidth;
}
