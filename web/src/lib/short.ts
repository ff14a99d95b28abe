const LONGEST = 28;

/** A name as short as a note of two lines has room for: whole words, and a sign that there is more. */
export function short(name: string): string {
  const letters = [...name];
  if (letters.length <= LONGEST) return name;
  const cut = letters.slice(0, LONGEST - 1).join("");
  const space = cut.lastIndexOf(" ");
  return `${(space > LONGEST / 2 ? cut.slice(0, space) : cut).trimEnd()}…`;
}
