import { describe, expect, test } from "vitest";
import { best, fold, score } from "./match";

const names = ["Sefa and the Tides", "The Tide Tables", "Zoë Ångström", "Mørk Fjord", "Don’t Wait Up", "AC/DC Night"];
const find = (query: string) => best(query, names.map((name) => ({ name }))).map(({ item }) => item.name);

describe("finding names", () => {
  test.each([
    ["ZOE", "Zoë Ångström"],
    ["angstrom", "Zoë Ångström"],
    ["mork", "Mørk Fjord"],
    ["fjord mø", "Mørk Fjord"],
    ["dont", "Don’t Wait Up"],
    ["don't", "Don’t Wait Up"],
    ["acdc", "AC/DC Night"],
    ["ac dc", "AC/DC Night"],
    ["sef tid", "Sefa and the Tides"],
    ["thetide", "The Tide Tables"],
    ["tdie tables", "The Tide Tables"],
    ["fjard", "Mørk Fjord"],
    ["tabbles tide", "The Tide Tables"],
  ])("%s finds %s first", (query, name) => {
    expect(find(query)[0]).toBe(name);
  });
  test("the beginning of a name comes before the beginning of a later word, that before the inside of one", () => {
    const all = ["Bluebird", "Tall Birds", "Bird"].map((name) => ({ name }));
    expect(best("bird", all).map(({ item }) => item.name)).toEqual(["Bird", "Tall Birds", "Bluebird"]);
  });
  test("every word asked for must be found", () => {
    expect(find("sefa fjord")).toEqual([]);
    expect(find("fjaad")).toEqual([]);
    expect(score("x", { name: "Next" })).toBeNull();
  });
  test("other words lead there too, after those of the name", () => {
    const all = [{ name: "Settings", also: "password" }, { name: "Password" }];
    expect(best("passw", all).map(({ item }) => item.name)).toEqual(["Password", "Settings"]);
  });
  test("no query finds all in their order; one of signs only finds none", () => {
    expect(find("  ")).toEqual(names);
    expect(find("?!")).toEqual([]);
  });
  test("folding leaves other scripts readable", () => {
    expect(fold("ПЁТР")).toBe("петр");
    expect(fold("東京")).toBe("東京");
  });
});
