/** How long the lines of a plain mail are at most: `LINE` of `platform/mail/composing.py`. */
const LINE = 72;

/** With the breaks of paragraphs only: those that keep a plain mail's lines short would break again on a phone. */
export function unwrapped(text: string): string {
  const lines = text.split("\n");
  return lines
    .map((line, place) => {
      const before = lines[place - 1] ?? "";
      const word = /^\S+/.exec(line)?.[0] ?? "";
      const wraps = before !== "" && word !== "" && !word.startsWith("http") && before.length + 1 + word.length > LINE;
      return place === 0 ? line : `${wraps ? " " : "\n"}${line}`;
    })
    .join("");
}
