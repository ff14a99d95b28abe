import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { keepFocusInPlace, moveFocusOnNavigation } from "./app/focus";
import { fetchParts } from "./app/parts";
import { router } from "./app/router";
import { queryClient } from "./api/queryClient";
import { prepareEngine } from "./features/player/player";
import "./styles/fonts.css";
import "./styles/tokens.css";
import "./styles/base.css";

/** How long the server's own summary may stay in place of the app while the page's data comes, in ms. */
const SUMMARY_STAYS_MS = 1500;

const container = document.getElementById("root")!;
moveFocusOnNavigation(router);
keepFocusInPlace();
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
  whenIdle(() => {
    prepareEngine();
    void fetchParts();
  });
}

async function settled(work: Promise<unknown>, withinMs: number): Promise<void> {
  await Promise.race([work.catch(() => {}), new Promise((done) => setTimeout(done, withinMs))]);
}

function whenIdle(task: () => void): void {
  if ("requestIdleCallback" in window) requestIdleCallback(task, { timeout: 3000 });
  else setTimeout(task, 1500);
}
