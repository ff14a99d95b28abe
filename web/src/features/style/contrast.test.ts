import { expect, test } from "vitest";
import { contrast } from "./contrast";

test("contrast runs from 1 for the same colour to 21 for black on white, whichever comes first", () => {
  expect(contrast("rgb(1, 2, 3)", "rgb(1, 2, 3)")).toBe(1);
  expect(contrast("rgb(0, 0, 0)", "rgb(255, 255, 255)")).toBeCloseTo(21);
  expect(contrast("rgb(255, 255, 255)", "rgb(0, 0, 0)")).toBeCloseTo(21);
});

test("the darkest grey that WCAG's own examples let stand on white", () => {
  expect(contrast("rgb(118, 118, 118)", "rgb(255, 255, 255)")).toBeCloseTo(4.54, 2);
});
