import { describe, expect, test } from "vitest";
import { chooseEngine, type Abilities } from "./engine";

const both = { hls: "/media/x/hls.m3u8", url: "/media/x/audio.m4a" };
const nothing: Abilities = { nativeHls: false, managedMediaSource: false, mediaSource: false };

describe("choice of engine", () => {
  test("Safari plays HLS itself", () => {
    const safari = { nativeHls: true, managedMediaSource: true, mediaSource: true };
    expect(chooseEngine(both, safari)).toBe("native-hls");
  });
  test("Chromium's maybe is not trusted", () => {
    expect(chooseEngine(both, { ...nothing, nativeHls: true, mediaSource: true })).toBe("hls.js");
  });
  test("Firefox gets hls.js", () => {
    expect(chooseEngine(both, { ...nothing, mediaSource: true })).toBe("hls.js");
  });
  test("without MSE and trusted HLS the progressive file plays", () => {
    expect(chooseEngine(both, nothing)).toBe("progressive");
    expect(chooseEngine(both, { ...nothing, nativeHls: true })).toBe("progressive");
  });
  test("without a playlist there is nothing to choose", () => {
    const all = { nativeHls: true, managedMediaSource: true, mediaSource: true };
    expect(chooseEngine({ ...both, hls: null }, all)).toBe("progressive");
  });
});
