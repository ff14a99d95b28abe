import { describe, expect, test } from "vitest";
import { newestFirst } from "../../api/pages";
import type { Track } from "../../api/types";
import { leftInWords, nextPace, paceFrom, secondsLeft } from "./pace";
import { moved } from "./reorder";
import { rowsInView, withKept } from "./rowsInView";


describe("the time that is left", () => {
  test("nobody can tell at the start", () => {
    expect(secondsLeft(paceFrom(0, 0), 1000)).toBeNull();
  });
  test("follows the pace, the newest counting most", () => {
    const steady = nextPace(nextPace(paceFrom(0, 0), 1000, 1000), 2000, 2000);
    expect(secondsLeft(steady, 12_000)).toBeCloseTo(10);
    expect(nextPace(steady, 2000, 3000).perSecond).toBeCloseTo(700);
  });
  test("what comes sooner than half a second changes nothing", () => {
    const pace = nextPace(paceFrom(0, 0), 1000, 1000);
    expect(nextPace(pace, 9000, 1100)).toBe(pace);
  });
  test.each([
    [2, "a moment left"],
    [11, "about 15 seconds left"],
    [58, "about a minute left"],
    [150, "about 3 minutes left"],
    [7300, "about 2 hours left"],
  ])("%d s are %s", (seconds, words) => expect(leftInWords(seconds)).toBe(words));
});

describe("rows in view", () => {
  test("a range around the window, never before the first", () => {
    expect(rowsInView(0, 720, 72)).toEqual({ from: 0, to: 20 });
    const deep = rowsInView(72_000, 720, 72);
    expect(deep.from).toBeLessThanOrEqual(990);
    expect(deep.to).toBeGreaterThanOrEqual(1020);
  });
  test("all rows of a list have their room, the kept one among them", () => {
    for (const [kept, from, to] of [[-1, 0, 5], [3, 8, 12], [90, 8, 12], [9, 8, 12], [-1, 96, 120], [2, 200, 240]]) {
      const parts = withKept({ from: from!, to: to! }, 100, kept!);
      expect(parts.reduce((rows, part) => rows + (part.gap || 1), 0)).toBe(100);
      expect(parts.filter((part) => !part.gap && part.index === kept)).toHaveLength(kept! < 0 ? 0 : 1);
    }
  });
});

describe("order", () => {
  test("moves one, and the ends are the end", () => {
    expect(moved(["a", "b", "c"], 0, 1)).toEqual(["b", "a", "c"]);
    expect(moved(["a", "b", "c"], 2, -4)).toEqual(["c", "a", "b"]);
    expect(moved(["a", "b", "c"], 0, 9)).toEqual(["b", "c", "a"]);
  });
});

describe("one's own tracks in place", () => {
  const track = (id: string, title = id) => ({ id, title }) as Track;
  const lists = (next: string | null) => ({
    pages: [
      { items: [track("9"), track("7")], next: "after 7" },
      { items: [track("5"), track("3")], next },
    ],
    pageParams: [null, "after 7"],
  });
  const ids = (id: string, next: string | null = null) =>
    newestFirst(lists(next), track(id)).pages.map((page) => page.items.map((one) => one.id).join(""));

  test("the newest comes first, others where their time was", () => {
    expect(ids("99")).toEqual(["9997", "53"]);
    expect(ids("8")).toEqual(["987", "53"]);
    expect(ids("6")).toEqual(["97", "653"]);
    expect(ids("1")).toEqual(["97", "531"]);
  });
  test("what is older than all that is fetched comes with its page", () => {
    expect(ids("1", "more")).toEqual(["97", "53"]);
  });
  test("what is there is replaced", () => {
    const changed = newestFirst(lists(null), track("5", "new"));
    expect(changed.pages[1]!.items.map((one) => one.title)).toEqual(["new", "3"]);
  });
});
