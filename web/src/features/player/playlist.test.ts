import { describe, expect, test } from "vitest";
import { firstAddresses, pickVariant } from "./playlist";

const base = "https://scene.test/media/9.s/t1/hls.m3u8";
const master = `#EXTM3U
#EXT-X-STREAM-INF:BANDWIDTH=300000,CODECS="mp4a.40.2"
aac-256/r1/index.m3u8
#EXT-X-STREAM-INF:AVERAGE-BANDWIDTH=130000,BANDWIDTH=150000,CODECS="mp4a.40.2"
aac-128/r1/index.m3u8
`;
const media = `#EXTM3U
#EXT-X-MAP:URI="init.mp4"
#EXTINF:0.96,
0.m4s
#EXTINF:0.96,
1.m4s
`;

describe("fetching ahead", () => {
  test("takes the richest variant the connection carries", () => {
    expect(pickVariant(master, base, 2_000_000)).toBe("https://scene.test/media/9.s/t1/aac-256/r1/index.m3u8");
    expect(pickVariant(master, base, 200_000)).toBe("https://scene.test/media/9.s/t1/aac-128/r1/index.m3u8");
  });
  test("takes the leanest when even that is too much", () => {
    expect(pickVariant(master, base, 1000)).toMatch(/aac-128/);
  });
  test("a media playlist has no variants", () => {
    expect(pickVariant(media, base, 1e6)).toBeNull();
  });
  test("the first second is the init part and segment 0", () => {
    expect(firstAddresses(media, "https://scene.test/m/aac/index.m3u8")).toEqual([
      "https://scene.test/m/aac/init.mp4",
      "https://scene.test/m/aac/0.m4s",
    ]);
  });
});
