import { expect, test, vi } from "vitest";

vi.hoisted(() => vi.stubGlobal("localStorage", { getItem: (key: string) => (key.endsWith("place") ? '{"index":1,"id":"b","positionS":4}' : null) }));

import { queueAfter, readQueue } from "./kept";
import { startWith } from "./queue";

test("of a list that found no room only the place is taken over, and a tab's own list stays", () => {
  const kept = readQueue();
  expect(kept).toEqual({ queue: startWith(["b"]), positionS: 4, isCut: true });
  expect(queueAfter(kept, startWith(["a", "b", "c"]))).toEqual(startWith(["a", "b", "c"], 1));
  expect(queueAfter(kept, startWith(["x", "y"]))).toEqual(startWith(["x", "y"]));
  expect(queueAfter(kept, startWith([]))).toEqual(startWith(["b"]));
  expect(queueAfter({ queue: startWith(["z"]), positionS: 0 }, startWith(["a"]))).toEqual(startWith(["z"]));
});
