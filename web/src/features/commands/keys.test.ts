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
    ["n", "next"],
    ["P", "previous"],
    ["j", "down"],
    ["K", "up"],
    ["/", "find"],
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
    for (const key of [" ", "j", "m", "?", "/", "ArrowLeft"]) expect(commandFor(press(key, on))).toBeNull();
  });
  test("space presses the focused button or link, not the player", () => {
    expect(commandFor(press(" ", { tag: "button" }))).toBeNull();
    expect(commandFor(press(" ", { tag: "a" }))).toBeNull();
    expect(commandFor(press("n", { tag: "button" }))).toBe("next");
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
  test("Ctrl or Cmd with k finds from anywhere but another dialog, and with z undoes outside of texts", () => {
    const text = { tag: "input", type: "text" };
    expect(commandFor(press("k", text, { ctrlKey: true }))).toBe("find");
    expect(commandFor(press("k", text, { metaKey: true }))).toBe("find");
    expect(commandFor(press("k", { tag: "body", inDialog: true }, { metaKey: true }))).toBeNull();
    expect(commandFor(press("z", { tag: "body" }, { ctrlKey: true }))).toBe("undo");
    expect(commandFor(press("z", text, { ctrlKey: true }))).toBeNull();
  });
  test("an open menu keeps its letters, a dialog the list behind it", () => {
    expect(commandFor(press("m", { tag: "div", inMenu: true }))).toBeNull();
    for (const key of ["j", "k", "/", "?"]) expect(commandFor(press(key, { tag: "button", inDialog: true }))).toBeNull();
    expect(commandFor(press("n", { tag: "button", inDialog: true }))).toBe("next");
  });
  test("the browser's own shortcuts stay its own", () => {
    expect(commandFor(press("j", { tag: "body" }, { ctrlKey: true }))).toBeNull();
    expect(commandFor(press("ArrowLeft", { tag: "body" }, { altKey: true }))).toBeNull();
  });
});
