import type { QueryKey } from "@tanstack/react-query";
import { request } from "./client";
import { has, type Pages, putBack, withItem, without } from "./pages";
import { queryClient } from "./queryClient";
import type { Followed, FollowedKind, Release, Track } from "./types";

/** Whoever can be followed, as far as it takes that. */
export interface Followable {
  id: string;
  slug: string;
  name: string;
  following: boolean;
}

/** What a person can keep in their library. */
export type Keepable =
  | { kind: "track"; item: Track }
  | { kind: "release"; item: Release }
  | { kind: FollowedKind; item: Followable };

interface Kind {
  address: string;
  /** First parts of the keys under which single ones and lists of them are cached. */
  single: string;
  lists: string;
  /** Of what is kept: whatever is no longer kept leaves these. */
  kept: readonly QueryKey[];
}

const KINDS: Record<Keepable["kind"], Kind> = {
  track: { address: "/me/saved/tracks", single: "track", lists: "tracks", kept: [["tracks", "kept"]] },
  release: { address: "/me/saved/releases", single: "release", lists: "releases", kept: [["releases", "kept"]] },
  artist: party("artist", "artists"),
  venue: party("venue", "venues"),
  organiser: party("organiser", "organisers"),
  // Persons are met in teams only.
  person: party("person", "members"),
};

function party(kind: FollowedKind, lists: string): Kind {
  return { address: "/me/following", single: kind, lists, kept: [["following", "all"], ["following", kind]] };
}

/** A track or release is saved, a party is followed. */
export const isParty = (thing: Keepable): thing is { kind: FollowedKind; item: Followable } =>
  thing.kind !== "track" && thing.kind !== "release";

export const isKept = (thing: Keepable): boolean => (isParty(thing) ? thing.item.following : thing.item.saved);

export const nameOf = (thing: Keepable): string => (isParty(thing) ? thing.item.name : thing.item.title);

/** Anything that may be kept, wherever it stands; of a member of a team the id is called otherwise. */
interface Kept {
  id: string;
  account_id?: string;
  saved?: boolean;
  following?: boolean;
}
const idOf = (one: Kept): string => one.account_id ?? one.id;

/** What the server last said of a thing, and the lists of what is kept as they were shown then. */
interface Confirmed {
  kept: boolean;
  lists?: (Pages<Kept> | undefined)[];
}

const turns = new Map<string, Promise<unknown>>();
const confirmed = new Map<string, Confirmed>();

/**
 * Saves or follows, or stops it. Shown at once, before the server has answered; taken back, with the error
 * raised, if it refuses. Presses on the same thing are sent one after the other, so that the last one holds.
 */
export async function keep(thing: Keepable, kept: boolean): Promise<void> {
  const { id } = thing.item;
  // While presses are under way, what is shown is only hoped for.
  if (!turns.has(id)) {
    const lists = KINDS[thing.kind].kept.map((key) => queryClient.getQueryData<Pages<Kept>>(key));
    confirmed.set(id, { kept: wasKept(thing), lists });
  }
  show(thing, { kept });
  const before = turns.get(id) ?? Promise.resolve();
  const path = `${KINDS[thing.kind].address}/${id}`;
  const sent = before.catch(() => {}).then(() => request<void>(kept ? "PUT" : "DELETE", path));
  turns.set(id, sent);
  try {
    await sent;
    confirmed.set(id, { kept });
  } finally {
    if (turns.get(id) === sent) {
      turns.delete(id);
      showConfirmed(thing);
    }
  }
}

/** Over what was asked for before the server knew, has come meanwhile or is still to come. */
function showConfirmed(thing: Keepable): void {
  const { id } = thing.item;
  const last = confirmed.get(id)!;
  show(thing, last);
  const again = () => void (turns.has(id) || show(thing, last));
  for (const queryKey of KINDS[thing.kind].kept) {
    const list = queryClient.getQueryCache().find({ queryKey });
    if (list?.state.fetchStatus === "fetching") list.promise?.then(again, () => {});
    // Changed in place, it need not be fetched anew before it is next opened.
    void queryClient.invalidateQueries({ queryKey, refetchType: "none" });
  }
}

/** As it is shown; shown nowhere any more, as it was last confirmed. The press itself may know an old one: an undo. */
function wasKept(thing: Keepable): boolean {
  const { single, lists } = KINDS[thing.kind];
  const singles = queryClient.getQueriesData<Kept>({ queryKey: [single] }).map(([, one]) => one);
  const listed = queryClient.getQueriesData<Pages<Kept>>({ queryKey: [lists] }).flatMap(([, list]) => list?.pages ?? []);
  const shown = [...singles, ...listed.flatMap((page) => page.items)].find((one) => one && idOf(one) === thing.item.id);
  const isShown = isParty(thing) ? shown?.following : shown?.saved;
  return isShown ?? confirmed.get(thing.item.id)?.kept ?? isKept(thing);
}

/** In every answer that is still in the cache. */
function show(thing: Keepable, { kept, lists: earlier }: Confirmed): void {
  const { item } = thing;
  const { single, lists, kept: keptLists } = KINDS[thing.kind];
  const change = isParty(thing) ? { following: kept } : { saved: kept };
  const changed = <T extends Kept>(one: T): T => (idOf(one) === item.id ? { ...one, ...change } : one);
  queryClient.setQueriesData<Kept>({ queryKey: [single] }, (one) => one && changed(one));
  queryClient.setQueriesData<Pages<Kept>>(
    { queryKey: [lists] },
    (list) => list && { ...list, pages: list.pages.map((page) => ({ ...page, items: page.items.map(changed) })) },
  );
  const row: Kept = isParty(thing) ? followed(thing.kind, thing.item) : changed<Kept>(item);
  for (const [which, key] of keptLists.entries()) {
    queryClient.setQueryData<Pages<Kept>>(key, (list) => {
      if (!list || !kept) return list && without(list, item.id);
      if (list.pages.some((page) => has(page, item.id))) return list;
      const before = earlier?.[which];
      const wasThere = before?.pages.some((page) => has(page, item.id));
      return wasThere ? putBack(list, row, before!) : withItem(list, row, () => true);
    });
  }
}

const followed = (kind: FollowedKind, { id, slug, name }: Followable): Followed => ({
  id,
  kind,
  slug,
  name,
  since: new Date().toISOString(),
});
