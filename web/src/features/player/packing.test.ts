import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { randomFrom } from "../../lib/hash";
import { pack, unpack } from "./packing";
import { EMPTY, shuffle, startWith } from "./queue";

const ids = fc.array(fc.uuid(), { minLength: 1, maxLength: 20 });

describe("a packed queue", () => {
  test("unpacks to the same tracks in the same order", () => {
    fc.assert(
      fc.property(ids, (some) => {
        expect(unpack(pack(startWith(some)))).toEqual(startWith(some));
      }),
    );
  });
  test("keeps the order to come back to", () => {
    fc.assert(
      fc.property(ids, fc.nat(), (some, seed) => {
        const shuffled = shuffle(startWith(some), randomFrom(seed));
        expect(unpack(pack(shuffled))).toEqual(shuffled);
      }),
    );
  });
  test("is short", () => {
    const many = startWith(Array.from({ length: 8000 }, (_, at) => `00000000-0000-7000-8000-${String(at).padStart(12, "0")}`));
    expect(pack(many)!.length).toBe(8000 * 22);
  });
  test("of ids of another kind there is none", () => expect(pack(startWith(["track 1"]))).toBeNull());
  test.each([null, "", "AAAA", "!".repeat(22), `${"A".repeat(22)}.AAAAAA`, '{"ids":["a"],"index":0}', "_".repeat(22)])(
    "of %j nothing comes",
    (text) => expect(unpack(text)).toEqual(EMPTY),
  );
  test("of any text at all nothing is thrown", () => {
    fc.assert(fc.property(fc.string(), (text) => void unpack(text)));
  });
});
