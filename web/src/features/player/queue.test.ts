import { describe, expect, test } from "vitest";
import { randomFrom } from "../../lib/hash";
import * as queues from "./queue";

const four = queues.startWith(["a", "b", "c", "d"], 1);

describe("queue", () => {
  test("an empty list is the empty queue, whatever index is asked", () => {
    expect(queues.startWith([], 3)).toEqual(queues.EMPTY);
    expect(queues.currentId(queues.EMPTY)).toBeNull();
  });
  test("an index beyond the end becomes the last track", () => {
    expect(queues.currentId(queues.startWith(["a", "b"], 9))).toBe("b");
  });
  test("appending to nothing makes the first track current", () => {
    expect(queues.append(queues.EMPTY, ["a", "b"])).toEqual({ ids: ["a", "b"], index: 0, home: null });
    expect(queues.insertNext(queues.EMPTY, ["a", "b"])).toEqual({ ids: ["a", "b"], index: 0, home: null });
  });
  test.each([
    [0, "b"],
    [1, "c"],
    [3, "b"],
    [9, "b"],
  ])("after removing place %i the current track is %s", (place, current) => {
    expect(queues.currentId(queues.removeAt(four, place))).toBe(current);
  });
  test("removing the last, current track steps back", () => {
    expect(queues.currentId(queues.removeAt(queues.startWith(["a", "b"], 1), 1))).toBe("a");
  });
  test("removing the only track empties the queue", () => {
    expect(queues.removeAt(queues.startWith(["a"]), 0)).toEqual(queues.EMPTY);
  });
  test("the same track may stand in the queue twice", () => {
    const twice = queues.startWith(["a", "a", "b"], 1);
    expect(queues.removeAt(twice, 0)).toEqual({ ids: ["a", "b"], index: 0, home: null });
  });
  test("what follows at the end depends on what is repeated", () => {
    const end = queues.startWith(["a", "b"], 1);
    expect(queues.following(end, "off")).toBeNull();
    expect(queues.afterEnd(end, "off")).toBeNull();
    expect(queues.following(end, "all")).toBe(0);
    expect(queues.afterEnd(end, "all")).toBe(0);
    expect(queues.following(end, "one")).toBe(0);
    expect(queues.afterEnd(end, "one")).toBe(1);
    expect(queues.preceding(queues.startWith(["a", "b"]), "off")).toBeNull();
    expect(queues.preceding(queues.startWith(["a", "b"]), "all")).toBe(1);
  });
  test("nothing follows nothing", () => {
    for (const repeat of ["off", "all", "one"] as const) {
      expect(queues.following(queues.EMPTY, repeat)).toBeNull();
      expect(queues.afterEnd(queues.EMPTY, repeat)).toBeNull();
      expect(queues.preceding(queues.EMPTY, repeat)).toBeNull();
    }
  });
  test("shuffling changes the order of a long queue, and shuffling again does nothing", () => {
    const many = queues.startWith(Array.from({ length: 100 }, (_, place) => `t${place}`));
    const shuffled = queues.shuffle(many, randomFrom(1));
    expect(shuffled.ids).not.toEqual(many.ids);
    expect(queues.shuffle(shuffled, randomFrom(2))).toBe(shuffled);
  });
});
