import { en } from "./catalogue.en";

type FirstWords = typeof en;

/**
 * The message catalogue: every string that a person reads goes through `t` or `tn`.
 * `{name}` in a message stands for a value. A counted message has the keys `….one` and `….other`.
 * What a page alone says is in `words.ts` beside it, which adds itself here; whoever uses a part imports it.
 */
export interface Words extends FirstWords {}
export type MessageKey = keyof Words;
type Counted<K> = K extends `${infer Stem}.other` ? Stem : never;
export type CountedKey = Counted<MessageKey>;
export type Values = Readonly<Record<string, string | number>>;

/** Between facts on one line; a line that breaks ends with the dot, never begins with it. */
export const SEPARATOR = "\u00a0· ";

const words: Record<string, string> = { ...en };
const plural = new Intl.PluralRules("en");
const numbers = new Intl.NumberFormat("en");

export function t(key: MessageKey, values: Values = {}): string {
  return fill(messageOf(key), values);
}

/** Adds a part of the catalogue that comes later than the page itself. */
export function addWords(part: Readonly<Record<string, string>>): void {
  Object.assign(words, part);
}

/** The message for a count: `tn("tracks", 2)` is `2 tracks`. */
export function tn(stem: CountedKey, count: number, values: Values = {}): string {
  const form = plural.select(count) === "one" ? "one" : "other";
  return fill(messageOf(`${stem}.${form}`), { count, ...values });
}

/** The message under a key made at run time, such as an error's code, if the catalogue has it. */
export function tMaybe(key: string, values: Values = {}): string | null {
  return Object.hasOwn(words, key) ? t(key as MessageKey, values) : null;
}

/** A part that nobody imported is our mistake, and shows its key: no reason to break the page off. */
function messageOf(key: string): string {
  const message = words[key];
  // oxlint-disable-next-line no-console
  if (message === undefined && import.meta.env.DEV) console.error(`No words for ${key}: import the part it is in`);
  return message ?? key;
}

function fill(message: string, values: Values): string {
  return message.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === "number" ? numbers.format(value) : value;
  });
}
