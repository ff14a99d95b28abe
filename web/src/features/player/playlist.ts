/** Just enough of HLS (RFC 8216) to know what to fetch ahead. Addresses come out absolute. */

/** hls.js takes the richest variant below this part of what it believes the connection carries. */
const SAFETY = 0.95;

/** The media playlist hls.js would begin with, or null if this already is a media playlist. */
export function pickVariant(master: string, base: string, bitsPerS: number): string | null {
  const lines = master.split(/\r?\n/);
  const variants = lines.flatMap((line, index) => {
    const bandwidth = /^#EXT-X-STREAM-INF:.*?\bBANDWIDTH=(\d+)/.exec(line)?.[1];
    const address = lines.slice(index + 1).find((next) => next && !next.startsWith("#"));
    return bandwidth && address ? [{ bandwidth: Number(bandwidth), address }] : [];
  });
  variants.sort((a, b) => a.bandwidth - b.bandwidth);
  const chosen = variants.findLast((one) => one.bandwidth <= bitsPerS * SAFETY) ?? variants[0];
  return chosen ? new URL(chosen.address, absolute(base)).href : null;
}

/** The initialisation part and the first segment of a media playlist. */
export function firstAddresses(media: string, base: string): string[] {
  const init = /^#EXT-X-MAP:.*?URI="([^"]+)"/m.exec(media)?.[1];
  const segment = media.split(/\r?\n/).find((line) => line && !line.startsWith("#"));
  return [init, segment].filter((one) => one !== undefined).map((one) => new URL(one, absolute(base)).href);
}

function absolute(address: string): string {
  return new URL(address, globalThis.location?.href ?? "http://localhost/").href;
}
