import { expect, test } from "vitest";
import { unwrapped } from "./unwrapped";

test("what was wrapped is one paragraph, and what was not stays apart", () => {
  const long = "Somebody asked for a new password for your account. If that was you, the";
  expect(long.length).toBe(72);
  expect(unwrapped(`${long}\nlink below works once.`)).toBe(`${long} link below works once.`);
  const rest = "Hello Mara,\n\nChoose it here:\nhttps://scene.example/reset#0123456789012345678901234567890123456789";
  expect(unwrapped(rest)).toBe(rest);
  const footer = "-- \nRust Harbour\nYou get this because you asked for it.";
  expect(unwrapped(footer)).toBe(footer);
  expect(unwrapped("")).toBe("");
});

test("three lines are one, and the next paragraph begins anew", () => {
  const line = "word ".repeat(14).trimEnd();
  expect(unwrapped([line, line, "end", "", "Next"].join("\n"))).toBe(`${line} ${line} end\n\nNext`);
});
