import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { keepFocusInPlace, moveFocusOnNavigation } from "./app/focus";
import { router } from "./app/router";
import { queryClient } from "./api/queryClient";
import { prepareEngine } from "./features/player/player";
import "./styles/fonts.css";
import "./styles/tokens.css";
import "./styles/base.css";

/** How long the server's own summary may stay in place of the app while the page's data comes, in ms. */
const SUMMARY_STAYS_MS = 1500;

const RELOADED_KEY = "basedmusic.reloaded";
const RELOAD_AGAIN_MS = 60_000;

const container = document.getElementById("root")!;
moveFocusOnNavigation(router);
keepFocusInPlace();
window.addEventListener("vite:preloadError", reloadOnce);
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
  whenIdle(prepareEngine);
}

/** A part of the page is gone, most likely as a new version was installed: load that one, but not for ever. */
function reloadOnce(): void {
  const before = Number(sessionStorage.getItem(RELOADED_KEY) ?? 0);
  if (Date.now() - before < RELOAD_AGAIN_MS) return;
  sessionStorage.setItem(RELOADED_KEY, String(Date.now()));
  location.reload();
}

async function settled(work: Promise<unknown>, withinMs: number): Promise<void> {
  await Promise.race([work.catch(() => {}), new Promise((done) => setTimeout(done, withinMs))]);
}

function whenIdle(task: () => void): void {
  if ("requestIdleCallback" in window) requestIdleCallback(task, { timeout: 3000 });
  else setTimeout(task, 1500);
}
