// Finds what nobody uses any more, and what somebody uses that isn't there: messages of the catalogue, classes of the
// CSS modules. Also a message used by a file that doesn't itself import the part of the catalogue it is in.
// By reading the text, not by running it: a key made at run time counts by its shape, `error.${code}` as error.*.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const SRC = join(dirname(fileURLToPath(import.meta.url)), "../src");

/** Words that are with the page from its first moment; every other part is imported by whoever uses it. */
const FIRST_WORDS = "lib/catalogue.en.ts";

/** Keys that the code neither spells nor makes of a shape: none now. */
const ALLOWED = [];

/** Files that are only ever fetched together with one that imports their words. */
const WITH_THEIR_WORDS = ["features/studio/uploads.ts"];

const files = new Map(
  readdirSync(SRC, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(tsx?|css)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [relative(SRC, path), readFileSync(path, "utf8")]),
);
const isCode = (path) => /\.tsx?$/.test(path) && !path.endsWith(".test.ts");
const isWords = (path) => path === FIRST_WORDS || /(^|\/)\w*words\.ts$/i.test(path);
const withoutComments = (text) => text.replace(/\/\*[^]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
const found = [...unusedWords(), ...unusedClasses()];
for (const one of found) process.stderr.write(`${one}\n`);
if (found.length > 0) process.exitCode = 1;

function unusedWords() {
  const parts = new Map(); // key -> the file it is in
  for (const [path, text] of files) {
    if (isWords(path)) for (const [, key] of text.matchAll(/^ {2}"([\w.]+)":/gm)) parts.set(key, path);
  }
  const used = new Set(ALLOWED);
  const complaints = [];
  for (const [path, text] of files) {
    if (!isCode(path) || isWords(path)) continue;
    const imported = new Set([FIRST_WORDS, ...importsOf(path, text)]);
    const here = (key) => imported.has(parts.get(key)) || WITH_THEIR_WORDS.includes(path);
    const { spelt, made } = keysIn(withoutComments(text), [...parts.keys()]);
    for (const key of [...spelt, ...made.flat()]) used.add(key);
    for (const key of spelt) {
      if (!here(key)) complaints.push(`${path} uses ${key} without importing ${parts.get(key)}`);
    }
    // A shape may fit keys of another part, too.
    for (const keys of made) {
      if (keys.length > 0 && !keys.some(here)) complaints.push(`${path} makes ${keys[0]} without importing its part`);
    }
  }
  for (const [key, path] of parts) if (!used.has(key)) complaints.push(`${path}: nobody uses ${key}`);
  return complaints;
}

/** The keys that a text spells out, and those that fit each of the shapes it makes keys of. */
function keysIn(text, keys) {
  const literals = new Set([...text.matchAll(/"([\w.]+)"/g)].map(([, literal]) => literal));
  const counted = new Set(
    [...text.matchAll(/\btn\(([^,]+),/g)].flatMap(([, stem]) => [...stem.matchAll(/"([\w.]+)"/g)].map(([, one]) => one)),
  );
  const shapes = [...text.matchAll(/`([a-zA-Z]+\.[\w.]*(?:\$\{[^}]*\}[\w.]*)+)`/g)].map(
    ([, made]) => new RegExp(`^${made.replaceAll(".", "\\.").replace(/\$\{[^}]*\}/g, ".+")}(\\.(one|other))?$`),
  );
  return {
    spelt: keys.filter((key) => literals.has(key) || counted.has(key.replace(/\.(one|other)$/, ""))),
    made: shapes.map((shape) => keys.filter((key) => shape.test(key))),
  };
}

function unusedClasses() {
  const complaints = [];
  for (const [path, css] of files) {
    if (!path.endsWith(".module.css")) continue;
    const classes = new Set(
      [...withoutComments(css).matchAll(/([^{};]+)\{/g)].flatMap(([, selector]) =>
        [...selector.matchAll(/\.([a-zA-Z][\w-]*)/g)].map(([, name]) => name),
      ),
    );
    const used = new Set([...css.matchAll(/composes:\s*([\w-]+)\s*;/g)].map(([, name]) => name));
    for (const [user, text] of files) {
      if (user.endsWith(".css")) {
        for (const [, names, from] of text.matchAll(/composes:\s*([\w\s-]+)\s+from\s+"([^"]+)"/g)) {
          if (join(dirname(user), from) === path) for (const name of names.trim().split(/\s+/)) used.add(name);
        }
        continue;
      }
      const name = [...text.matchAll(/import (\w+) from "([^"]+\.css)"/g)].find(
        ([, , from]) => join(dirname(user), from) === path,
      )?.[1];
      if (!name) continue;
      for (const [, one] of text.matchAll(new RegExp(`\\b${name}\\.(\\w+)`, "g"))) {
        used.add(one);
        if (!classes.has(one)) complaints.push(`${user}: ${path} has no rule for ${one}`);
      }
      // One that is chosen at run time is spelt in the same file.
      if (text.includes(`${name}[`)) for (const [, one] of text.matchAll(/"(\w+)"/g)) used.add(one);
    }
    for (const one of classes) if (!used.has(one)) complaints.push(`${path}: nobody uses .${one}`);
  }
  return complaints;
}

function importsOf(path, text) {
  return [...text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)].map(([, from]) => `${join(dirname(path), from)}.ts`);
}
