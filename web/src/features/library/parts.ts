const PARTS = ["tracks", "releases", "artists", "lately"] as const;
export type LibraryPart = (typeof PARTS)[number];

export const partOf = (value: unknown): LibraryPart | undefined => PARTS.find((part) => part === value);
