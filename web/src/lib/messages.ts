import { en } from "./catalogue.en";
import type { findEn } from "./catalogue.find.en";
import type { keptEn } from "./catalogue.kept.en";
import type { listeningEn } from "./catalogue.listening.en";
import type { keysEn } from "./catalogue.keys.en";
import type { settingsEn } from "./catalogue.settings.en";
import type { playerEn } from "./catalogue.player.en";
import type { studioEn } from "./catalogue.studio.en";

/**
 * The message catalogue: every string that a person reads goes through `t` or `tn`.
 * `{name}` in a message stands for a value. A counted message has the keys `….one` and `….other`.
 */
export type MessageKey =
  | keyof typeof en
  | keyof typeof findEn
  | keyof typeof keptEn
  | keyof typeof keysEn
  | keyof typeof listeningEn
  | keyof typeof settingsEn
  | keyof typeof playerEn
  | keyof typeof studioEn;
type Counted<K> = K extends `${infer Stem}.other` ? Stem : never;
export type CountedKey = Counted<MessageKey>;
export type Values = Readonly<Record<string, string | number>>;

/** Between facts on one line; a line that breaks ends with the dot, never begins with it. */
export const SEPARATOR = "\u00a0· ";

const words: Record<string, string> = { ...en };
const plural = new Intl.PluralRules("en");
const numbers = new Intl.NumberFormat("en");

export function t(key: MessageKey, values: Values = {}): string {
  return fill(words[key]!, values);
}

/** Adds a part of the catalogue that comes later than the page itself. */
export function addWords(part: Readonly<Record<string, string>>): void {
  Object.assign(words, part);
}

/** The message for a count: `tn("tracks", 2)` is `2 tracks`. */
export function tn(stem: CountedKey, count: number, values: Values = {}): string {
  const form = plural.select(count) === "one" ? "one" : "other";
  return fill(words[`${stem}.${form}`]!, { count, ...values });
}

/** The message under a key made at run time, such as an error's code, if the catalogue has it. */
export function tMaybe(key: string, values: Values = {}): string | null {
  return Object.hasOwn(words, key) ? t(key as MessageKey, values) : null;
}

function fill(message: string, values: Values): string {
  return message.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === "number" ? numbers.format(value) : value;
  });
}
