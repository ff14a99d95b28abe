import * as fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { refusal } from "../api/client";
import { isPlayableNow } from "../features/player/freshness";
import { randomFrom, seedOf } from "./hash";
import { t, tMaybe, tn } from "./messages";
import { safeNext } from "./safeNext";
import { createStore } from "./store";
import { clockTime, dayInWords, fileSize, spokenTime } from "./time";

describe("messages", () => {
  test("values are filled in", () => {
    expect(t("player.seekValue", { position: "0:03", duration: "1:00" })).toBe("0:03 of 1:00");
  });
  test("counts choose their form and are written with separators", () => {
    expect(tn("tracks", 1)).toBe("1 track");
    expect(tn("tracks", 0)).toBe("0 tracks");
    expect(tn("tracks", 2140)).toBe("2,140 tracks");
  });
  test("a part that isn't here shows its keys and is told of, rather than breaking the page off", () => {
    const told = vi.spyOn(console, "error").mockImplementation(() => {});
    expect(t("settings.title")).toBe("settings.title");
    expect(tn("find.count", 2)).toBe("find.count.other");
    expect(told).toHaveBeenCalledTimes(2);
    told.mockRestore();
  });
  test("an unknown key made at run time is no message", () => {
    expect(tMaybe("error.toString")).toBeNull();
    expect(tMaybe("error.network")).toContain("reached");
  });
});

describe("time", () => {
  test.each([
    [0, "0:00"],
    [7.9, "0:07"],
    [187, "3:07"],
    [3723, "1:02:03"],
    [Number.NaN, "0:00"],
    [-4, "0:00"],
    [Number.POSITIVE_INFINITY, "0:00"],
  ])("%d s is %s", (seconds, text) => expect(clockTime(seconds)).toBe(text));
  test("is spoken in words", () => {
    expect(spokenTime(187)).toBe("3 minutes 7 seconds");
    expect(spokenTime(60)).toBe("1 minute");
    expect(spokenTime(0)).toBe("0 seconds");
  });
  test("near days have names", () => {
    const now = new Date(2026, 10, 22, 12);
    const at = (day: number) => new Date(2026, 10, day, 23).toISOString();
    expect(dayInWords(at(22), now)).toBe("today");
    expect(dayInWords(at(21), now)).toBe("yesterday");
    expect(dayInWords(at(18), now)).toBe("Wednesday");
    expect(dayInWords(at(2), now)).toBe("2 November");
    expect(dayInWords(new Date(2024, 0, 5).toISOString(), now)).toBe("5 January 2024");
  });
  test("sizes are decimal", () => {
    expect(fileSize(0)).toBe("0 bytes");
    expect(fileSize(999)).toBe("999 bytes");
    expect(fileSize(12_300)).toBe("12 KB");
    expect(fileSize(4_120_000)).toBe("4.1 MB");
    expect(fileSize(1_500_000_000)).toBe("1.5 GB");
  });
});

describe("store", () => {
  test("wakes listeners only when something changed", () => {
    const store = createStore({ a: 1, b: "x" });
    let woken = 0;
    const leave = store.subscribe(() => woken++);
    store.set({ a: 1 });
    store.set({ a: 2 });
    store.set((now) => ({ a: now.a + 1 }));
    leave();
    store.set({ a: 9 });
    expect(woken).toBe(2);
    expect(store.get()).toEqual({ a: 9, b: "x" });
  });
});

describe("errors in words", () => {
  const problem = (code: string, detail: string, more: object = {}) =>
    JSON.stringify({ type: "about:blank", title: "", status: 422, detail, code, ...more });
  test("the server's sentence is what a person reads", () => {
    expect(refusal(422, problem("not_audio", "This file is a PNG image named .mp3")).message).toContain("PNG");
  });
  test("a limit says how long to wait", () => {
    expect(refusal(429, problem("too_many_requests", "", { retry_after_s: 12 })).message).toContain("12");
  });
  test("an answer that is no problem document still gives words", () => {
    expect(refusal(502, "<html>").code).toBe("internal");
    expect(refusal(400, "").message).toBe(t("error.unknown"));
  });
});

describe("where to go after signing in", () => {
  const foreign = ["//evil.test", "/\\evil.test", "https://evil.test", "javascript:alert(1)", "", 7, null, "/a\\b"];
  const disguised = ["/\t/evil.test/x", "/\n/evil.test", "/..//evil.test", "/.//evil.test", "/a/..//evil.test"];
  const deeper = ["/%2e%2e//evil.test", "/%09/evil.test", "/%2f/evil.test", "/a\u0000b", "//[", "/ /evil.test"];
  test.each([...foreign, ...disguised, ...deeper])("%j is no place of ours", (value) =>
    expect(safeNext(value)).toBeNull(),
  );
  test.each([
    ["/studio?x=1", "/studio?x=1"],
    ["/settings?a=1#z", "/settings?a=1#z"],
    ["/library?show=lately&q=a%20b", "/library?show=lately&q=a%20b"],
    ["/a/../studio", "/studio"],
    ["/", "/"],
  ])("%j is a path of ours", (value, path) => expect(safeNext(value)).toBe(path));
  test("whatever comes, what is gone to is on this site, and a browser reads it in one way only", () => {
    const meaning = ["/", "..", ".", "\\", "\t", "\n", " ", "@", ":", "?", "#", "evil.test", "a", "\u0000"];
    const piece = fc.constantFrom(...meaning, "%2e", "%2f", "%09", "%5c");
    const text = fc.array(piece, { maxLength: 9 }).map((all) => all.join(""));
    fc.assert(
      fc.property(text, (tail) => {
        for (const value of [tail, `/${tail}`]) {
          const path = safeNext(value);
          if (path === null) continue;
          const url = new URL(path, "https://ours.test/sign-in");
          expect(url.origin).toBe("https://ours.test");
          expect(path.startsWith("/") && !path.startsWith("//")).toBe(true);
          expect(url.pathname + url.search + url.hash).toBe(path);
          expect(safeNext(path)).toBe(path);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("drawn covers and fresh addresses", () => {
  test("the same id draws the same numbers", () => {
    const draw = (id: string) => Array.from({ length: 5 }, randomFrom(seedOf(id)));
    expect(draw("a")).toEqual(draw("a"));
    expect(draw("a")).not.toEqual(draw("b"));
  });
  test("an address about to expire is not played", () => {
    const stream = (expires_at: string) => ({ stream: { hls: null, url: "/x", expires_at } }) as never;
    const now = Date.parse("2026-11-22T12:00:00Z");
    expect(isPlayableNow(stream("2026-11-22T18:00:00Z"), now)).toBe(true);
    expect(isPlayableNow(stream("2026-11-22T12:00:30Z"), now)).toBe(false);
    expect(isPlayableNow(undefined, now)).toBe(false);
  });
});
