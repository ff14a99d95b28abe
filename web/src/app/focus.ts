import type { AnyRouter } from "@tanstack/react-router";

/** After a navigation the focus goes to the new page's heading, so that it is read and Tab goes on from there. */
export function moveFocusOnNavigation(router: AnyRouter): void {
  let hadPage = false;
  router.subscribe("onRendered", (event) => {
    if (!event.pathChanged) return;
    // The first page was asked for by the browser, which has put the focus where it belongs.
    if (hadPage) document.querySelector<HTMLElement>("main h1")?.focus({ preventScroll: true });
    hadPage = true;
  });
}
