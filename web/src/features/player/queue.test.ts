import { describe, expect, test } from "vitest";
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
    expect(queues.append(queues.EMPTY, ["a", "b"])).toEqual({ ids: ["a", "b"], index: 0 });
  });
  test("appending leaves the current track", () => {
    expect(queues.currentId(queues.append(four, ["e"]))).toBe("b");
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
  test("next and previous know the ends", () => {
    expect(queues.hasNext(queues.startWith(["a", "b"], 1))).toBe(false);
    expect(queues.hasPrevious(queues.startWith(["a", "b"], 0))).toBe(false);
    expect(queues.nextId(four)).toBe("c");
    expect(queues.nextId(queues.EMPTY)).toBeNull();
  });
  test("the same track may stand in the queue twice", () => {
    expect(queues.removeAt(queues.startWith(["a", "a", "b"], 1), 0)).toEqual({ ids: ["a", "b"], index: 0 });
  });
  test("8,000 tracks change in a moment", () => {
    const many = queues.startWith(Array.from({ length: 8000 }, (_, i) => `t${i}`));
    const before = performance.now();
    for (let round = 0; round < 50; round++) queues.removeAt(many, 4000);
    expect((performance.now() - before) / 50).toBeLessThan(10);
  });
});
