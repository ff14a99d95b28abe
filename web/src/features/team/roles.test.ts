import { expect, test } from "vitest";
import { mayManage, ROLES, rolesToGive } from "./roles";

test("an owner may make anybody anything", () => {
  expect(rolesToGive("owner")).toEqual(ROLES);
  expect(ROLES.every((role) => mayManage("owner", role))).toBe(true);
});

test("a manager deals with those below managers", () => {
  expect(rolesToGive("manager")).toEqual(["member", "booker", "door"]);
  expect(ROLES.filter((role) => mayManage("manager", role))).toEqual(["member", "booker", "door"]);
});

test.each(["member", "booker", "door"])("a %s manages nobody", (role) => {
  expect(rolesToGive(role)).toEqual([]);
  expect(ROLES.some((other) => mayManage(role, other))).toBe(false);
});
