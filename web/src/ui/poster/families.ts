import { along, disc, quarter, range, rect, shape, type Point } from "./shapes";

/** What a family draws from. */
export interface Hand {
  /** The next number in [0, 1), the same for the same seed. */
  random: () => number;
  /** How full the music is, 0–1: more of it draws finer and denser. */
  energy: number;
  /** `count` levels in 0–1: the music's own peaks where they are known, else invented ones. */
  levels: (count: number) => number[];
}

type Family = (hand: Hand) => string;

const TURN = Math.PI * 2;
const between = (random: () => number, low: number, high: number) => low + random() * (high - low);
const whole = (random: () => number, low: number, high: number) => Math.floor(between(random, low, high + 1));

/** Three discs over one half of the sheet. */
const discs: Family = ({ random }) => {
  const radius = between(random, 22, 32);
  const tilt = random() * TURN;
  const half = [rect(0, 0, 50, 100), rect(0, 50, 100, 50), shape([[0, 0], [100, 0], [0, 100]])];
  return half[whole(random, 0, 2)] + range(3, (k) => disc(...along(50, 50, tilt + (k * TURN) / 3, radius * 0.75), radius)).join("");
};

/** Two stones thrown into one pond. */
const ponds: Family = ({ random, energy }) => {
  const step = 9 - energy * 4;
  const rings = (x: number, y: number) => range(Math.ceil(110 / step), (k) => disc(x, y, (k + 1) * step)).join("");
  const [x, y] = [between(random, 5, 40), between(random, 20, 80)];
  return rings(x, y) + rings(x + between(random, 22, 48), y + between(random, -18, 18));
};

/** A light behind the stage, and somebody before it. */
const rays: Family = ({ random, energy }) => {
  const [x, y] = [between(random, 25, 75), between(random, 30, 90)];
  const count = 12 + 2 * Math.round(energy * 8);
  const from = random();
  const wedge = (k: number) =>
    shape([[x, y], along(x, y, from + (k * TURN) / count, 160), along(x, y, from + ((k + 0.5) * TURN) / count, 160)]);
  return range(count, wedge).join("") + disc(x, y, between(random, 16, 26)) + disc(x, y, between(random, 6, 11));
};

/** A sun, and the swell under it. */
const tide: Family = ({ random, levels }) => {
  const [lines, phase, waves] = [7, random() * TURN, between(random, 0.8, 1.8)];
  const swell = levels(lines);
  const horizon = between(random, 40, 54);
  const wave = (k: number) => {
    const top = horizon + (k * (100 - horizon)) / lines;
    const [thick, high] = [2 + k * 0.9, 1.5 + (swell[k] ?? 0) * 5];
    const edge = (down: number): Point[] =>
      range(26, (i) => [i * 4, top + down + Math.sin(phase + k * 0.9 + (i / 25) * TURN * waves) * high]);
    return shape([...edge(0), ...edge(thick).toReversed()]);
  };
  return disc(between(random, 30, 70), horizon - 6, between(random, 20, 30)) + range(lines, wave).join("");
};

/** A photograph from the copy shop. */
const halftone: Family = ({ random, energy }) => {
  const count = 9 + Math.round(energy * 4);
  const step = 100 / count;
  const [x, y, reach] = [between(random, 10, 90), between(random, 10, 90), between(random, 70, 105)];
  return range(count * count, (k) => {
    const [cx, cy] = [((k % count) + 0.5) * step, (Math.floor(k / count) + 0.5) * step];
    const near = 1 - Math.hypot(cx - x, cy - y) / reach;
    return near > 0.08 ? disc(cx, cy, Math.min(near * step * 0.62, step * 0.49)) : "";
  }).join("");
};

/** A chequered floor that breathes. */
const chequers: Family = ({ random, energy }) => {
  const count = 8 + 2 * Math.round(energy * 2);
  const edges = (fold: number, depth: number) => {
    const widths = range(count, (k) => 1 + depth * Math.cos((k / count - fold) * TURN));
    const sum = widths.reduce((all, one) => all + one, 0);
    return widths.map((width, k) => [(widths.slice(0, k).reduce((all, one) => all + one, 0) * 100) / sum, (width * 100) / sum]);
  };
  const odd = (_: unknown, k: number) => k % 2 === 1;
  const columns = edges(random(), between(random, 0.55, 0.85)).filter(odd);
  const rows = edges(random(), between(random, 0, 0.6)).filter(odd);
  return columns.map(([at, size]) => rect(at!, 0, size!, 100)).join("") + rows.map(([at, size]) => rect(0, at!, 100, size!)).join("");
};

/** One form inside the other, each turned a little further. */
const twist: Family = ({ random, energy }) => {
  const [corners, turn] = [whole(random, 3, 6), between(random, 0.05, 0.16) * (random() < 0.5 ? -1 : 1)];
  const count = 8 + Math.round(energy * 4);
  const from = random() * TURN;
  return range(count, (k) => {
    const radius = 92 * (1 - k / count) ** 1.15;
    return shape(range(corners, (c) => along(50, 50, from + k * turn + (c * TURN) / corners, radius)));
  }).join("");
};

/** The music bent round into a flower. */
const bloom: Family = ({ random, levels, energy }) => {
  const count = 32 + 8 * Math.round(energy * 3);
  const [core, from, width] = [between(random, 12, 18), random() * TURN, (TURN / count) * 0.3];
  const petals = levels(count).map((level, k) => {
    const [angle, out] = [from + (k * TURN) / count, core + 4 + level * (44 - core)];
    return shape([
      along(50, 50, angle - width * 0.6, core + 3),
      along(50, 50, angle - width, out),
      along(50, 50, angle + width, out),
      along(50, 50, angle + width * 0.6, core + 3),
    ]);
  });
  return petals.join("") + disc(50, 50, core) + disc(50, 50, core * 0.36);
};

/** Hills one behind the other, and what hangs over them. */
const hills: Family = ({ random, levels }) => {
  const ridges = 5;
  const drawn = range(ridges, (k) => {
    const base = 40 + k * 12;
    const [first, second] = [random() * TURN, random() * TURN];
    const steep = 4 + (levels(ridges)[k] ?? 0) * 8;
    const edge: Point[] = range(26, (i) => [
      i * 4,
      base + Math.sin(first + i * 0.21) * steep + Math.sin(second + i * 0.47) * steep * 0.4,
    ]);
    return shape([[0, 100], ...edge, [100, 100]]);
  });
  return disc(between(random, 22, 78), between(random, 22, 42), between(random, 12, 20)) + drawn.join("");
};

/** Building blocks in a grid. */
const blocks: Family = ({ random, energy }) => {
  const count = energy > 0.6 ? 4 : 3;
  const size = 100 / count;
  return range(count * count, (k) => {
    const [x, y] = [(k % count) * size, Math.floor(k / count) * size];
    const turn = whole(random, 0, 3);
    const corner = ([[x, y], [x + size, y], [x + size, y + size], [x, y + size]] as Point[]).filter((_, at) => at !== turn);
    const pieces = [
      () => quarter(x, y, size, turn),
      () => quarter(x, y, size, turn) + quarter(x, y, size, (turn + 2) % 4),
      () => disc(x + size / 2, y + size / 2, size / 2) + disc(x + size / 2, y + size / 2, size / 5),
      () => shape(corner),
      () => range(3, (i) => rect(x, y + (i * size) / 3, size, size / 6)).join(""),
      () => rect(x, y, size, size) + quarter(x, y, size, turn),
    ];
    return pieces[whole(random, 0, pieces.length - 1)]!();
  }).join("");
};

/** The music's own skyline across the moon. */
const skyline: Family = ({ random, levels, energy }) => {
  const count = 9 + 2 * Math.round(energy * 4);
  const [step, middle] = [92 / count, between(random, 46, 60)];
  const bars = levels(count).map((level, k) => {
    const high = 8 + level * 72;
    return rect(4 + k * step + step * 0.16, middle - high / 2, step * 0.68, high);
  });
  return disc(between(random, 34, 66), between(random, 34, 58), between(random, 22, 34)) + bars.join("");
};

/** Barrier tape. */
const slants: Family = ({ random, energy }) => {
  const [step, lean] = [between(random, 13, 19) - energy * 5, between(random, 20, 90) * (random() < 0.5 ? -1 : 1)];
  const count = Math.ceil((100 + Math.abs(lean)) / step) + 1;
  const from = Math.min(0, -lean);
  const tapes = range(count, (k) => {
    const x = from + k * step;
    return shape([[x, 100], [x + lean, 0], [x + lean + step / 2, 0], [x + step / 2, 100]]);
  });
  const [x, y, radius] = [between(random, 35, 65), between(random, 35, 65), between(random, 24, 36)];
  return tapes.join("") + (random() < 0.6 ? disc(x, y, radius) : shape([[x, y - radius], [x + radius, y], [x, y + radius], [x - radius, y]]));
};

export const FAMILIES = { discs, ponds, rays, tide, halftone, chequers, twist, bloom, hills, blocks, skyline, slants };
export type FamilyName = keyof typeof FAMILIES;

/** What a genre looks like on a lamp post. One that isn't here may look like anything. */
export const OF_GENRE: Readonly<Record<string, readonly FamilyName[]>> = {
  ambient: ["tide", "hills", "halftone", "ponds"],
  blues: ["tide", "slants", "skyline"],
  classical: ["bloom", "discs", "tide"],
  dub: ["ponds", "discs", "halftone"],
  electronic: ["chequers", "ponds", "blocks", "twist"],
  experimental: ["twist", "halftone", "blocks", "ponds"],
  folk: ["hills", "bloom", "tide", "rays"],
  funk: ["blocks", "bloom", "rays", "chequers"],
  "hip-hop": ["blocks", "slants", "skyline", "halftone"],
  house: ["chequers", "discs", "rays", "skyline"],
  indie: ["discs", "hills", "blocks", "bloom"],
  jazz: ["blocks", "discs", "bloom", "slants"],
  metal: ["rays", "twist", "slants"],
  pop: ["discs", "bloom", "blocks", "halftone"],
  punk: ["slants", "rays", "halftone", "skyline"],
  reggae: ["rays", "discs", "ponds", "tide"],
  rock: ["rays", "slants", "skyline", "twist"],
  "singer-songwriter": ["hills", "tide", "bloom", "discs"],
  soul: ["bloom", "discs", "tide"],
  techno: ["twist", "chequers", "ponds", "skyline"],
};
