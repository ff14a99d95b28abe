/** Only to tell what an address means; nothing is ever fetched from it. */
const HERE = "https://here.invalid";
/** Browsers drop some of these from an address, or take one for a slash: `/<tab>/evil` is `//evil` to them. */
// eslint-disable-next-line no-control-regex
const UNPLAIN = /[\x00-\x20\x7f\\]/;
/** The same once more in disguise, for whoever decodes a path again. No path of ours has them. */
const DISGUISED = /%([01][\da-f]|20|2f|5c|7f)/i;

/**
 * A path of this site to go on to after signing in, or null: never another site's address. What comes out is written
 * as a browser reads it, so that no `..` is left to turn it into something else.
 */
export function safeNext(value: unknown): string | null {
  if (typeof value !== "string" || !value.startsWith("/") || UNPLAIN.test(value)) return null;
  const { origin, pathname, search, hash } = read(value) ?? {};
  if (origin !== HERE || pathname === undefined || pathname.startsWith("//") || DISGUISED.test(pathname)) return null;
  return `${pathname}${search}${hash}`;
}

function read(path: string): URL | null {
  try {
    return new URL(path, HERE);
  } catch {
    return null;
  }
}
