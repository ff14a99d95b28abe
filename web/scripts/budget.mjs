// What a first visit downloads before it can act, held to a budget (gzip): the entry and all it imports statically.
import { readFileSync, readdirSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { fileURLToPath } from "node:url";
import { join } from "node:path";

const INITIAL_KB = 170;
const CHUNK_KB = 120;

const built = fileURLToPath(new URL("../../src/basedmusic/static/", import.meta.url));
const kiloGzip = (file) => gzipSync(readFileSync(join(built, "assets", file)), { level: 9 }).length / 1000;

const html = readFileSync(join(built, "index.html"), "utf8");
const initial = [...html.matchAll(/(?:src|href)="\/assets\/([^"]+\.js)"/g)].map((match) => match[1]);
const scripts = readdirSync(join(built, "assets")).filter((file) => file.endsWith(".js"));

const total = initial.reduce((sum, file) => sum + kiloGzip(file), 0);
const tooLarge = scripts.map((file) => [file, kiloGzip(file)]).filter(([, size]) => size > CHUNK_KB);
const styles = readdirSync(join(built, "assets")).filter((file) => /^index.*\.css$/.test(file));

process.stdout.write(`initial JavaScript ${total.toFixed(1)} of ${INITIAL_KB} KB in ${initial.length} file(s)\n`);
for (const file of scripts) {
  const size = kiloGzip(file);
  if (size > 5) process.stdout.write(`  ${size.toFixed(1).padStart(6)} KB ${file}\n`);
}
process.stdout.write(`initial styles ${styles.reduce((sum, file) => sum + kiloGzip(file), 0).toFixed(1)} KB\n`);
for (const [file, size] of tooLarge) process.stdout.write(`too large: ${file}, ${size.toFixed(1)} KB\n`);
process.exitCode = total > INITIAL_KB || tooLarge.length ? 1 : 0;
