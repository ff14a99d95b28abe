/** Finding names by what somebody remembers of them: case, accents and the order of words don't matter. */

/** Letters that don't come apart into a base and an accent. */
const WHOLE: Record<string, string> = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i" };

/** Lower case, without accents. */
export function fold(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[ßæœøłđðþı]/g, (letter) => WHOLE[letter]!);
}

/** What stands between words; an apostrophe is part of its word, or left out. */
const wordsOf = (text: string) => fold(text).replace(/['’`]/g, "").split(/[^\p{L}\p{N}]+/u).filter(Boolean);

export interface Named {
  name: string;
  /** Other words by which it may be sought; they count less than the name. */
  also?: string | undefined;
}

/** How well a name answers a query: higher is better, null is not at all. An empty query is answered by all alike. */
export function score(query: string, { name, also = "" }: Named): number | null {
  const asked = wordsOf(query);
  const own = wordsOf(name);
  if (!asked.length) return fold(query).trim() ? null : 0;
  if (own.join(" ") === asked.join(" ")) return 100;
  if (own.join("").startsWith(asked.join(""))) return 80 - own.length;
  const others = wordsOf(also);
  const found = asked.map((word) => wordScore(word, own) ?? (others.some((one) => one.startsWith(word)) ? 5 : null));
  if (found.includes(null)) return null;
  return found.reduce<number>((sum, one) => sum + (one ?? 0), 0) / found.length;
}

function wordScore(word: string, own: readonly string[]): number | null {
  const place = own.findIndex((one) => one.startsWith(word));
  if (place >= 0) return 60 - place;
  // One letter inside a word says nothing.
  if (word.length > 1 && own.some((one) => one.includes(word))) return 20;
  return word.length > 3 && own.some((one) => isSlip(word, one)) ? 10 : null;
}

/** One letter is wrong, missing, too many, or has changed places with the next. */
function isSlip(word: string, meant: string): boolean {
  if (Math.abs(word.length - meant.length) > 1) return false;
  let at = 0;
  while (at < word.length && word[at] === meant[at]) at++;
  const [rest, other] = [word.slice(at), meant.slice(at)];
  const swapped = rest.length > 1 && rest[0] === other[1] && rest[1] === other[0] && rest.slice(2) === other.slice(2);
  return swapped || rest.slice(1) === other.slice(1) || rest.slice(1) === other || rest === other.slice(1);
}

/** The best answers first; equals stay in the order they had. */
export function best<T extends Named>(query: string, all: readonly T[]): { item: T; score: number }[] {
  return all
    .flatMap((item) => {
      const found = score(query, item);
      return found === null ? [] : [{ item, score: found }];
    })
    .sort((one, other) => other.score - one.score);
}
