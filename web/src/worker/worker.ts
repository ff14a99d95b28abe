/// <reference lib="webworker" />
/**
 * The page without a connection: its files, its one document for every address, and covers that were seen.
 * Answers of the API are kept by the page (`api/kept.ts`), music by nobody.
 */
import { coverFor } from "./covers";
import { builtFor, elsewhereFor, forgetOtherVersions, keepPage, pageFor } from "./page";
import { decideWay, NEVER } from "./ways";

declare const self: ServiceWorkerGlobalScope;

/** Where the browser knows routes (Chromium), what is never ours doesn't even wake the worker. */
interface RoutingEvent extends ExtendableEvent {
  addRoutes?(rules: { condition: { urlPattern: { pathname: string } }; source: "network" }[]): Promise<void>;
}

self.addEventListener("install", (event) => {
  const rules = NEVER.map((path) => ({
    condition: { urlPattern: { pathname: `${path}*` } },
    source: "network" as const,
  }));
  event.waitUntil(Promise.all([keepPage(), (event as RoutingEvent).addRoutes?.(rules)]));
});

// Without `clients.claim`: a page that began without a worker goes on so.
self.addEventListener("activate", (event) => event.waitUntil(forgetOtherVersions()));

// Only ever asked by a person, or by a page that can't go on without (`app/version.ts`).
self.addEventListener("message", (event) => {
  if (event.data === "take over") event.waitUntil(self.skipWaiting());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const asked = { ...pick(request), url: new URL(request.url), origin: self.location.origin };
  switch (decideWay(asked)) {
    case "page":
      return event.respondWith(pageFor(request));
    case "elsewhere":
      return event.respondWith(elsewhereFor(request));
    case "built":
      return event.respondWith(builtFor(request));
    case "cover":
      return event.respondWith(coverFor(request, (work) => event.waitUntil(work)));
    case "leave":
  }
});

const pick = ({ method, mode, destination }: Request) => ({ method, mode, destination });
