import * as fc from "fast-check";
import { expect, test } from "vitest";
import { breaks, enoughS, type Hearing, isEnough, NOTHING, sounds } from "./hearing";

/** Steps of an element: time goes on, the position goes on with it or jumps, or the sound breaks. */
const step = fc.oneof(
  fc.record({ does: fc.constant("plays" as const), s: fc.double({ min: 0, max: 5, noNaN: true }) }),
  fc.record({ does: fc.constant("seeks" as const), s: fc.double({ min: 0, max: 600, noNaN: true }) }),
  fc.record({ does: fc.constant("jumps" as const), s: fc.double({ min: 0, max: 600, noNaN: true }) }),
  fc.record({ does: fc.constant("waits" as const), s: fc.double({ min: 0, max: 60, noNaN: true }) }),
);

test("what was heard is what was played, however it was sought about", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let hearing: Hearing = NOTHING;
      let [positionS, nowMs, playedS] = [0, 0, 0];
      hearing = sounds(hearing, positionS, nowMs);
      for (const { does, s } of steps) {
        const before = hearing.heardS;
        if (does === "plays") {
          [positionS, nowMs, playedS] = [positionS + s, nowMs + s * 1000, playedS + s];
          hearing = sounds(hearing, positionS, nowMs);
        } else if (does === "waits") {
          nowMs += s * 1000;
          hearing = sounds(breaks(hearing), positionS, nowMs);
        } else {
          // An element that does not even say that it seeks.
          positionS = s;
          hearing = sounds(does === "seeks" ? breaks(hearing) : hearing, positionS, nowMs);
        }
        expect(hearing.heardS).toBeGreaterThanOrEqual(before);
        expect(hearing.heardS).toBeLessThanOrEqual(nowMs / 1000 + 1e-6);
      }
      const jumped = steps.some(({ does }) => does === "jumps");
      if (!jumped) expect(hearing.heardS).toBeCloseTo(playedS, 6);
    }),
  );
});

test("a jump to near the end is no hearing", () => {
  let hearing = sounds(NOTHING, 0, 0);
  hearing = sounds(hearing, 2, 2_000);
  hearing = sounds(hearing, 170, 2_250);
  expect(isEnough(hearing, 180)).toBe(false);
  expect(hearing.heardS).toBeCloseTo(2.25);
});

test("the same ten seconds three times are thirty", () => {
  let hearing: Hearing = NOTHING;
  for (const round of [0, 1, 2]) {
    hearing = sounds(breaks(hearing), 20, round * 10_000);
    hearing = sounds(hearing, 30, round * 10_000 + 10_000);
  }
  expect(hearing.heardS).toBeCloseTo(30);
  expect(isEnough(hearing, 200)).toBe(true);
});

test("a minute in the background, told of once, counts whole", () => {
  const hearing = sounds(sounds(NOTHING, 5, 1_000), 65, 61_000);
  expect(hearing.heardS).toBeCloseTo(60);
});

test("half of what is short is enough, and half a minute of what is long", () => {
  expect([10, 60, 61, 600, 0].map(enoughS)).toEqual([5, 30, 30, 30, 30]);
});
