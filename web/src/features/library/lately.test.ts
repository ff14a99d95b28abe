import { beforeEach, expect, test, vi } from "vitest";

const stored = vi.hoisted(() => {
  const values = new Map<string, string>();
  vi.stubGlobal("document", { cookie: "", addEventListener() {} });
  vi.stubGlobal("window", { addEventListener() {} });
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => values.set(key, value),
    removeItem: (key: string) => values.delete(key),
  });
  return values;
});

import { startWith } from "../player/queue";
import { playerState } from "../player/state";
import { clearLately, lately, rememberWhatPlays } from "./lately";

const KEY = "basedmusic.lately";

beforeEach(() => stored.clear());

test("of the whole tracks that were stored once the ids are left, and nothing else is stored", () => {
  stored.set(KEY, JSON.stringify([{ id: "a", title: "Low water", saved: false }, null, { title: "no id" }, "b"]));
  rememberWhatPlays();
  expect(lately.get().ids).toEqual(["a", "b"]);
  playerState.set({ queue: startWith(["b"]), status: "playing" });
  expect(lately.get().ids).toEqual(["b", "a"]);
  expect(JSON.parse(stored.get(KEY)!)).toEqual(["b", "a"]);
  const undo = clearLately();
  expect(lately.get().ids).toEqual([]);
  undo();
  expect(lately.get().ids).toEqual(["b", "a"]);
});
