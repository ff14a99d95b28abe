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

test("a colour is the same however it is written, and what is none is refused", () => {
  expect(contrast("#1d2b64", "rgb(29, 43, 100)")).toBe(1);
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21);
  expect(() => contrast("#fff", "red")).toThrow("Not a colour");
});
