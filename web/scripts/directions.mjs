// Which folder of the page may import which. Downwards only: lib, api, ui, features, app; a feature knows no other
// feature but those that all may ask. Tests may import what they test.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const SRC = join(dirname(fileURLToPath(import.meta.url)), "../src");

const LAYERS = ["lib", "api", "ui", "features", "app"];

/** The player is what all pages play with. A track's row, play button and state are in every list of tracks. */
const ASKED_BY_ALL = {
  player: [],
  track: ["player"],
};

const found = [];
for (const entry of readdirSync(SRC, { recursive: true, withFileTypes: true })) {
  const path = relative(SRC, join(entry.parentPath, entry.name));
  // `main.tsx` puts all together.
  if (!/\.tsx?$/.test(path) || path.includes(".test.") || !path.includes("/")) continue;
  const text = readFileSync(join(SRC, path), "utf8");
  for (const [, from] of text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*"(\.[^"]+)"/g)) {
    const target = join(dirname(path), from);
    if (!mayImport(path.split("/"), target.split("/"))) found.push(`${path} imports ${target}`);
  }
}
for (const one of found) process.stderr.write(`${one}\n`);
if (found.length > 0) process.exitCode = 1;

function mayImport([layer, feature], [layerBelow, featureAsked]) {
  // The service worker is a program of its own.
  if (layer === "worker" || layerBelow === "worker") return layer === layerBelow;
  if (layer !== layerBelow) return LAYERS.indexOf(layerBelow) < LAYERS.indexOf(layer);
  if (layer !== "features" || feature === featureAsked) return true;
  return featureAsked in ASKED_BY_ALL && (ASKED_BY_ALL[feature] ?? Object.keys(ASKED_BY_ALL)).includes(featureAsked);
}
