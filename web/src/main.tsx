import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { keepFocusInPlace, moveFocusOnNavigation } from "./app/focus";
import { morphCovers } from "./app/morph";
import { fetchParts } from "./app/parts";
import { router } from "./app/router";
import { keepVersion } from "./app/version";
import { watchConnection } from "./api/connection";
import { keepWhatIsSeen } from "./api/kept";
import { queryClient } from "./api/queryClient";
import { reportHeard, sendWhatWaits } from "./api/history";
import { rememberWhatPlays } from "./features/library/lately";
import { onHeard } from "./features/player/heard";
import { followOtherTabs } from "./lib/theme";
import { prepareEngine } from "./features/player/player";
import "./styles/fonts.css";
import "./styles/tokens.css";
import "./styles/base.css";

/** How long the server's own summary may stay in place of the app while the page's data comes, in ms. */
const SUMMARY_STAYS_MS = 1500;

/** However slow the connection, what comes after the first page begins after this long, in ms. */
const FIRST_PAGE_MS = 15_000;

watchConnection();
// Before it is known whether who left the device has left this behind.
rememberWhatPlays();
sendWhatWaits();
onHeard(reportHeard);
keepWhatIsSeen(queryClient, () => {
  void queryClient.invalidateQueries({ queryKey: ["me"] });
  void router.invalidate();
});
const container = document.getElementById("root")!;
moveFocusOnNavigation(router);
morphCovers(router);
keepFocusInPlace();
followOtherTabs();
void start();

async function start(): Promise<void> {
  if (container.firstElementChild) await settled(router.load(), SUMMARY_STAYS_MS);
  createRoot(container).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </StrictMode>,
  );
  await firstPage();
  whenIdle(async () => {
    prepareEngine();
    await fetchParts();
    // Not while developing: what is kept would hide what was changed.
    if (import.meta.env.PROD) await keepVersion();
  });
}

/** Nothing that is only for later may delay the first page: it waits until that one stands, or stands still. */
async function firstPage(): Promise<void> {
  const stands = new Promise<void>((done) => {
    if (router.state.resolvedLocation) done();
    else router.subscribe("onResolved", () => done());
  });
  await settled(stands, FIRST_PAGE_MS);
}

async function settled(work: Promise<unknown>, withinMs: number): Promise<void> {
  await Promise.race([work.catch(() => {}), new Promise((done) => setTimeout(done, withinMs))]);
}

function whenIdle(task: () => Promise<void>): void {
  if ("requestIdleCallback" in window) requestIdleCallback(() => void task(), { timeout: 3000 });
  else setTimeout(() => void task(), 1500);
}
