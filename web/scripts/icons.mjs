// The app's icons, drawn from the mark (src/app/icon.svg) as PNGs: what home screens take no SVG for.
import { readFileSync } from "node:fs";
import { crc32, deflateSync } from "node:zlib";

const MARK = new URL("../src/app/icon.svg", import.meta.url);
const GRID = 32;
/** Of a maskable icon only a circle of 80 % is sure to be seen: the bars stay well inside, the ground goes to the edge. */
const SAFE = 0.82;

const ICONS = [
  { name: "192.png", pixels: 192, ground: "round", bars: 1 },
  { name: "512.png", pixels: 512, ground: "round", bars: 1 },
  { name: "maskable-192.png", pixels: 192, ground: "full", bars: SAFE },
  { name: "maskable-512.png", pixels: 512, ground: "full", bars: SAFE },
  // iOS rounds the corners itself and fills what is transparent with black.
  { name: "apple-touch-icon.png", pixels: 180, ground: "full", bars: SAFE },
];

/** Name → bytes of every icon. */
export function drawIcons() {
  const [ground, ...bars] = readMark(readFileSync(MARK, "utf8"));
  return new Map(ICONS.map((icon) => [icon.name, png(icon.pixels, shapesOf(icon, ground, bars))]));
}

function readMark(svg) {
  const fills = [...svg.matchAll(/fill="#([0-9A-F]{6})"/gi)].map(([, hex]) => hex);
  return [...svg.matchAll(/<rect ([^>]+?)\/?>/g)].map(([, attributes], index) => {
    const value = (name) => Number(attributes.match(new RegExp(`(?:^| )${name}="([\\d.]+)"`))?.[1] ?? 0);
    const rect = { x: value("x"), y: value("y"), width: value("width"), height: value("height"), radius: value("rx") };
    return { ...rect, colour: rgb(fills[index === 0 ? 0 : 1]) };
  });
}

function shapesOf(icon, ground, bars) {
  const middle = GRID / 2;
  const smaller = (at) => middle + (at - middle) * icon.bars;
  return [
    icon.ground === "full" ? { ...ground, radius: 0 } : ground,
    ...bars.map((bar) => ({
      ...bar,
      x: smaller(bar.x),
      y: smaller(bar.y),
      width: bar.width * icon.bars,
      height: bar.height * icon.bars,
      radius: bar.radius * icon.bars,
    })),
  ];
}

/** Rounded rectangles on nothing, edges smoothed by how far a pixel's middle is from them. */
function png(pixels, shapes) {
  const scale = pixels / GRID;
  const rows = Buffer.alloc(pixels * (1 + pixels * 4));
  for (let y = 0; y < pixels; y++) {
    for (let x = 0; x < pixels; x++) {
      let [colour, alpha] = [shapes[0].colour, 0];
      for (const shape of shapes) {
        const inside = Math.min(Math.max(0.5 - scale * distance(shape, (x + 0.5) / scale, (y + 0.5) / scale), 0), 1);
        if (inside === 0) continue;
        colour = alpha === 0 ? shape.colour : colour.map((was, index) => was + (shape.colour[index] - was) * inside);
        alpha += (1 - alpha) * inside;
      }
      rows.set([...colour.map(Math.round), Math.round(alpha * 255)], y * (1 + pixels * 4) + 1 + x * 4);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(pixels, 0);
  header.writeUInt32BE(pixels, 4);
  header.set([8, 6, 0, 0, 0], 8); // 8 bits each of red, green, blue and opacity
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** From a point to the edge of a rounded rectangle; negative inside. */
function distance({ x, y, width, height, radius }, atX, atY) {
  const outX = Math.abs(atX - x - width / 2) - width / 2 + radius;
  const outY = Math.abs(atY - y - height / 2) - height / 2 + radius;
  return Math.hypot(Math.max(outX, 0), Math.max(outY, 0)) + Math.min(Math.max(outX, outY), 0) - radius;
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

function rgb(hex) {
  return [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
}
