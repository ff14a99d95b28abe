/** Contrast as WCAG 2.2 measures it. Colours are `#rrggbb`, or `rgb(…)` as computed styles give them; none is transparent. */
export function contrast(one: string, other: string): number {
  const [lighter, darker] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: string): number {
  const [red, green, blue] = channels(colour).map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Red, green and blue, 0 to 255. */
function channels(colour: string): number[] {
  const found = colour.startsWith("#")
    ? colour.match(/[\da-f]{2}/gi)?.map((pair) => Number.parseInt(pair, 16))
    : colour.match(/[\d.]+/g)?.slice(0, 3).map(Number);
  if (found?.length !== 3) throw new Error(`Not a colour: ${colour}`);
  return found;
}
