import { beforeEach, describe, expect, test, vi } from "vitest";
import { forgetFragment, takeFragment } from "./fragment";

/** As much of a browser's tab as the secret touches. */
function open(address: string): void {
  const url = new URL(address, "https://scene.example");
  vi.stubGlobal("location", { hash: url.hash, pathname: url.pathname, search: url.search });
}

const shown: string[] = [];
const kept = new Map<string, string>();

beforeEach(() => {
  shown.length = 0;
  kept.clear();
  vi.stubGlobal("history", { state: null, replaceState: (_: unknown, __: string, to: string) => shown.push(to) });
  vi.stubGlobal("sessionStorage", {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  });
});

describe("the secret of a link", () => {
  test("is out of the address at once, and outlives a reload", () => {
    open("/verify?from=mail#s3cret");
    expect(takeFragment()).toBe("s3cret");
    expect(shown).toEqual(["/verify?from=mail"]);
    open("/verify?from=mail");
    expect(takeFragment()).toBe("s3cret");
  });
  test("belongs to its page, and a newer link takes its place", () => {
    open("/verify#one");
    takeFragment();
    open("/reset");
    expect(takeFragment()).toBeNull();
    open("/verify#two");
    expect(takeFragment()).toBe("two");
  });
  test("is gone once it was used", () => {
    open("/reset#once");
    takeFragment();
    forgetFragment();
    open("/reset");
    expect(takeFragment()).toBeNull();
  });
  test("is read as mail programs write it", () => {
    open("/verify#a%2Fb");
    expect(takeFragment()).toBe("a/b");
    open("/verify#100%");
    expect(takeFragment()).toBe("100%");
  });
  test("stays in the address where nothing can be stored", () => {
    vi.stubGlobal("sessionStorage", {
      getItem: () => { throw new Error("off"); },
      setItem: () => { throw new Error("off"); },
      removeItem: () => { throw new Error("off"); },
    });
    open("/join#s3cret");
    expect(takeFragment()).toBe("s3cret");
    expect(shown).toEqual([]);
    forgetFragment();
    open("/join");
    expect(takeFragment()).toBeNull();
  });
});
