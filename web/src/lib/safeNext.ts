/** A path of this site to go on to after signing in, or null: never another site's address. */
export function safeNext(value: unknown): string | null {
  if (typeof value !== "string" || !/^\/(?![/\\])/.test(value)) return null;
  return value.includes("\\") ? null : value;
}
