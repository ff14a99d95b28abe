/** What the worker does with a request; `leave` is nothing at all, as if there were no worker. */
export type Way = "leave" | "page" | "elsewhere" | "built" | "cover";

export interface Asked {
  method: string;
  mode: string;
  destination: string;
  url: URL;
  /** The worker's own origin. */
  origin: string;
}

/** The first parts of the addresses that `app/router.tsx` knows; a test compares the two. */
export const PAGES: ReadonlySet<string> = new Set([
  "",
  "admin",
  "appeal",
  "artists",
  "claim",
  "claims",
  "first-admin",
  "forgot",
  "genres",
  "guest",
  "guest-data",
  "join",
  "keep-account",
  "legal",
  "library",
  "moderation",
  "organisers",
  "outbox",
  "releases",
  "report",
  "reset",
  "settings",
  "sign-in",
  "sign-up",
  "studio",
  "take-back",
  "tracks",
  "unsubscribe",
  "venues",
  "verify",
  "welcome",
  "your-data",
]);

/** What is heard and asked now is never the worker's: ranges, streams and answers that differ by who asks. */
export const NEVER = ["/api/", "/media/"] as const;

export function decideWay({ method, mode, destination, url, origin }: Asked): Way {
  if (method !== "GET" || url.origin !== origin) return "leave";
  if (NEVER.some((path) => url.pathname.startsWith(path))) return "leave";
  const first = url.pathname.split("/")[1] ?? "";
  if (mode === "navigate") {
    if (first === "assets" || first === "covers") return "leave";
    // An address that this version doesn't know may be the server's own page, or one of a later version.
    return PAGES.has(first) ? "page" : "elsewhere";
  }
  if (first === "assets") return "built";
  return first === "covers" && destination === "image" ? "cover" : "leave";
}
