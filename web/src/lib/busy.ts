/** What must not be broken off by loading the page again of itself. */
const checks = new Set<() => boolean>();

export function busyWhile(check: () => boolean): void {
  checks.add(check);
}

export const isBusy = (): boolean => [...checks].some((check) => check());
