import { describe, expect, test } from "vitest";
import { contrast } from "../../lib/contrast";
import { FAMILIES, OF_GENRE } from "./families";
import { INKS } from "./inks";
import { drawPoster, inksOf } from "./poster";

const ids = Array.from({ length: 400 }, (_, index) => `019d-${index}`);
const quiet = Array.from({ length: 200 }, (_, index) => (index % 20 === 0 ? 255 : 20));
const full = Array.from({ length: 200 }, () => 240);

describe("a drawn poster", () => {
  test("is the same for the same track, for ever", () => {
    for (const id of ids) expect(drawPoster({ id, genre: "dub", peaks: full })).toEqual(drawPoster({ id, genre: "dub", peaks: full }));
    // Written down once: a change of the drawing would give every band on every scene another cover.
    expect(drawPoster({ id: "019d-0", genre: "house" })).toMatchInlineSnapshot(`
      {
        "drawing": "M13.5 35a25.8 25.8 0 1 0 51.5 0a25.8 25.8 0 1 0 -51.5 0zM5.1 23.9h4.8v56.7h-4.8zM12.2 34.4h4.8v35.7h-4.8zM19.3 32.2h4.8v40.2h-4.8zM26.4 36.2h4.8v32.1h-4.8zM33.4 42.5h4.8v19.6h-4.8zM40.5 30.9h4.8v42.7h-4.8zM47.6 37.4h4.8v29.8h-4.8zM54.7 31.9h4.8v40.8h-4.8zM61.7 31.7h4.8v41.2h-4.8zM68.8 25.3h4.8v54h-4.8zM75.9 28.2h4.8v48.1h-4.8zM83 34.7h4.8v35h-4.8zM90.1 46.1h4.8v12.3h-4.8z",
        "family": "skyline",
        "ink": "#14110F",
        "paper": "#FF4B2B",
      }
    `);
  });
  test("has two inks, and they stand apart", () => {
    for (const [paper, ink] of INKS) expect(contrast(paper, ink), `${paper} ${ink}`).toBeGreaterThanOrEqual(3);
  });
  test("its inks are known without drawing it", () => {
    for (const id of ids) expect([drawPoster({ id }).paper, drawPoster({ id }).ink]).toEqual(inksOf(id));
  });
  test("comes from at least eight families, and every family and pair of inks is used", () => {
    const drawn = ids.map((id) => drawPoster({ id }));
    expect(new Set(drawn.map((one) => one.family)).size).toBe(Object.keys(FAMILIES).length);
    expect(Object.keys(FAMILIES).length).toBeGreaterThanOrEqual(8);
    expect(new Set(drawn.map((one) => one.paper + one.ink)).size).toBe(INKS.length);
    expect(new Set(drawn.map((one) => one.drawing)).size).toBe(ids.length);
  });
  test.each(Object.keys(OF_GENRE))("of %s looks like %s", (genre) => {
    for (const id of ids.slice(0, 50)) expect(OF_GENRE[genre]).toContain(drawPoster({ id, genre }).family);
  });
  test("of fuller music is drawn finer", () => {
    const length = (peaks: number[]) => drawPoster({ id, genre: "techno", peaks }).drawing.length;
    const id = ids.find((one) => drawPoster({ id: one, genre: "techno" }).family === "ponds")!;
    expect(length(full)).toBeGreaterThan(length(quiet));
  });
  test("is path data and small: a page has dozens of them", () => {
    for (const id of ids) {
      const { drawing } = drawPoster({ id, peaks: id.endsWith("1") ? full : null });
      expect(drawing).toMatch(/^[MLhvaz\d .-]+$/);
      expect(drawing.length).toBeLessThan(14_000);
    }
  });
});
