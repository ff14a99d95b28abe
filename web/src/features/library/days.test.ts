import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { HeardEntry } from "../../api/types";
import { rowsOf } from "./days";

const instants = fc.array(fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2027, 0, 1) }), { maxLength: 40 });
const heard = (ms: number) => ({ id: String(ms), heard_at: new Date(ms).toISOString() }) as HeardEntry;

test("every entry stands once, in its order, below the day it was heard on", () => {
  fc.assert(
    fc.property(instants, (times) => {
      const entries = times.sort((a, b) => b - a).map(heard);
      const rows = rowsOf(entries);
      expect(rows.flatMap((row) => ("entry" in row ? [row.entry] : []))).toEqual(entries);
      let span: [number, number] | null = null;
      for (const row of rows) {
        if ("entry" in row) {
          const at = Date.parse(row.entry.heard_at);
          expect(span && span[0] <= at && at < span[1]).toBe(true);
        } else {
          const next: [number, number] = [Date.parse(row.since), Date.parse(row.until)];
          if (span) expect(next[1]).toBeLessThanOrEqual(span[0]);
          span = next;
        }
      }
    }),
  );
});
