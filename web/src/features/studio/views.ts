/** The parts of the studio, as its address names them; drafts, the first, need no name. */
export const VIEWS = ["drafts", "published", "releases", "artists"] as const;
export type StudioView = (typeof VIEWS)[number];

export function studioView(named: unknown): StudioView | undefined {
  return VIEWS.find((view) => view === named && view !== "drafts");
}
