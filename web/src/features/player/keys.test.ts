import { describe, expect, test } from "vitest";
import { commandFor, type Press } from "./keys";

const press = (key: string, on: Press["on"] = { tag: "body" }, more: Partial<Press> = {}): Press => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  on,
  ...more,
});

describe("keys", () => {
  test.each([
    [" ", "toggle"],
    ["j", "next"],
    ["K", "previous"],
    ["ArrowRight", "forward"],
    ["ArrowLeft", "back"],
    ["m", "mute"],
    ["?", "help"],
    ["x", null],
  ])("%j on the page is %s", (key, command) => {
    expect(commandFor(press(key))).toBe(command);
  });
  test.each([
    [{ tag: "input", type: "text" }],
    [{ tag: "input", type: "email" }],
    [{ tag: "textarea" }],
    [{ tag: "select" }],
    [{ tag: "div", editable: true }],
  ])("typing in %j is left alone", (on) => {
    for (const key of [" ", "j", "m", "?", "ArrowLeft"]) expect(commandFor(press(key, on))).toBeNull();
  });
  test("space presses the focused button or link, not the player", () => {
    expect(commandFor(press(" ", { tag: "button" }))).toBeNull();
    expect(commandFor(press(" ", { tag: "a" }))).toBeNull();
    expect(commandFor(press("j", { tag: "button" }))).toBe("next");
  });
  test("space after a click is the player's, not the clicked button's again", () => {
    expect(commandFor(press(" ", { tag: "button", byPointer: true }))).toBe("toggle");
  });
  test("arrows move a focused slider, letters still reach the player", () => {
    expect(commandFor(press("ArrowLeft", { tag: "input", type: "range" }))).toBeNull();
    expect(commandFor(press("m", { tag: "input", type: "range" }))).toBe("mute");
    expect(commandFor(press(" ", { tag: "input", type: "range" }))).toBe("toggle");
    expect(commandFor(press(" ", { tag: "input", type: "checkbox" }))).toBeNull();
  });
  test("the browser's own shortcuts stay its own", () => {
    expect(commandFor(press("j", { tag: "body" }, { ctrlKey: true }))).toBeNull();
    expect(commandFor(press("ArrowLeft", { tag: "body" }, { altKey: true }))).toBeNull();
  });
});
