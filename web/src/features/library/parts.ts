import type { FollowedKind } from "../../api/types";

const PARTS = ["tracks", "releases", "following", "history"] as const;
export type LibraryPart = (typeof PARTS)[number];

/** What parts were called before: links and histories still lead to them. */
const FORMERLY: Record<string, LibraryPart> = { artists: "following", lately: "history" };

export const partOf = (value: unknown): LibraryPart | undefined =>
  PARTS.find((part) => part === value) ?? FORMERLY[String(value)];

export const FOLLOWED_KINDS: readonly FollowedKind[] = ["artist", "venue", "organiser", "person"];

export const followedKindOf = (value: unknown): FollowedKind | undefined =>
  FOLLOWED_KINDS.find((kind) => kind === value);
