import { keep, readKept } from "./kept";
import { createStore } from "./store";

/** `system` follows the device. Kept on this device; index.html shows it before the first paint. */
export type Theme = "system" | "light" | "dark";
export const THEMES: readonly Theme[] = ["system", "light", "dark"];

const KEY = "basedmusic.theme";

declare global {
  /** In index.html: gives the document the theme's colours. */
  function showTheme(choice: string | null): void;
}

export const themeChoice = createStore<{ theme: Theme }>({ theme: kept() });

export function chooseTheme(theme: Theme): void {
  keep(KEY, theme === "system" ? null : theme);
  show(theme);
}

const listeners = new Set<() => void>();
let listening = false;

/** Calls back after the colours changed, by choice or with the device. Returns how to stop that. */
export function onThemeChange(listener: () => void): () => void {
  if (!listening) matchMedia("(prefers-color-scheme: dark)").addEventListener("change", tell);
  listening = true;
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** A choice made in another tab is this one's too. */
export function followOtherTabs(): void {
  window.addEventListener("storage", (event) => {
    if (event.key === KEY || event.key === null) show(kept());
  });
}

function show(theme: Theme): void {
  showTheme(theme);
  themeChoice.set({ theme });
  tell();
}

function tell(): void {
  for (const listener of listeners) listener();
}

function kept(): Theme {
  const value = readKept(KEY);
  return THEMES.find((theme) => theme === value) ?? "system";
}
