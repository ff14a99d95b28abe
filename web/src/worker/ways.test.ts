import { describe, expect, test } from "vitest";
import { decideWay, PAGES } from "./ways";

const router = Object.values(
  import.meta.glob<string>("../app/router.tsx", { query: "?raw", import: "default", eager: true }),
).join();
const origin = "https://scene.example";
const way = (path: string, given: Partial<{ method: string; mode: string; destination: string }> = {}) =>
  decideWay({ method: "GET", mode: "navigate", destination: "", ...given, url: new URL(path, origin), origin });
const asImage = { mode: "no-cors", destination: "image" };

describe("what the worker does with a request", () => {
  test("what plays and what is asked of the server is left alone, however it is asked for", () => {
    for (const path of ["/api/v1/tracks", "/api/openapi.json", "/media/1.a/t/aac/index.m3u8"]) {
      for (const mode of ["navigate", "cors", "no-cors", "same-origin"]) expect(way(path, { mode })).toBe("leave");
    }
    expect(way("/covers/a.jpg", { mode: "cors" })).toBe("leave");
    expect(way("https://elsewhere.example/assets/a.js", { mode: "cors" })).toBe("leave");
    expect(way("/", { method: "POST" })).toBe("leave");
    expect(way("/healthz", { mode: "cors" })).toBe("leave");
  });

  test("a page is answered from what is kept, an address it doesn't know by the server first", () => {
    for (const path of ["/", "/?a=1", "/artists/mara", "/tracks/1", "/studio/new-artist"]) expect(way(path)).toBe("page");
    for (const path of ["/readyz", "/sw.js", "/feeds/new.xml"]) expect(way(path)).toBe("elsewhere");
    expect(way("/covers/a.jpg")).toBe("leave");
  });

  test("files and pictures", () => {
    expect(way("/assets/index-1.js", { mode: "cors", destination: "script" })).toBe("built");
    expect(way("/covers/a-96.jpg", asImage)).toBe("cover");
  });

  test("every page of the router is one", () => {
    const paths = [...router.matchAll(/\bpath: "\/([^/"]*)/g)].map(([, first]) => first!);
    expect(paths.length).toBeGreaterThan(5);
    for (const first of paths.filter((one) => one !== "style")) expect(PAGES).toContain(first);
  });
});
