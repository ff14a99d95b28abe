import { best } from "./match";
import { GROUPS, type Group, type Place } from "./places";

/** How many of a group are shown: before anything is asked, and for a query. */
const AT_FIRST: Record<Group, number> = { pages: 8, actions: 12, artists: 3, releases: 3, tracks: 3, genres: 3 };
const FOR_QUERY = 6;

export interface Ranked {
  group: Group;
  places: readonly Place[];
  /** How many come before, in the groups above. */
  before: number;
}

/** What answers the query, in groups: the group with the best answer first, so that Enter takes the best of all. */
export function rank(query: string, all: readonly Place[]): Ranked[] {
  const isAsked = query.trim() !== "";
  const groups = GROUPS.map((group) => {
    const found = best(query, all.filter((one) => one.group === group));
    const most = isAsked ? FOR_QUERY : AT_FIRST[group];
    return { group, found: found.slice(0, most), top: found[0]?.score ?? -1 };
  })
    .filter(({ found }) => found.length > 0)
    .sort((one, other) => other.top - one.top);
  return groups.map(({ group, found }, place) => ({
    group,
    places: found.map(({ item }) => item),
    before: groups.slice(0, place).reduce((sum, one) => sum + one.found.length, 0),
  }));
}
