import type { ProfileRef } from "../../api/types";

/** The page of a profile. */
export const pathOf = ({ kind, slug }: Pick<ProfileRef, "kind" | "slug">): string => `/${kind}s/${slug}`;
