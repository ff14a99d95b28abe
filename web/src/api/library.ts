import { request } from "./client";
import { has, type Pages, putBack, withItem, without } from "./pages";
import { queryClient } from "./queryClient";
import type { Artist, Release, Track } from "./types";

/** What a person can keep in their library. */
export type Keepable =
  | { kind: "track"; item: Track }
  | { kind: "release"; item: Release }
  | { kind: "artist"; item: Artist };

interface Kind {
  address: string;
  /** First parts of the keys under which single ones and lists of them are cached. */
  single: string;
  lists: string;
}

const KINDS: Record<Keepable["kind"], Kind> = {
  track: { address: "/me/saved/tracks", single: "track", lists: "tracks" },
  release: { address: "/me/saved/releases", single: "release", lists: "releases" },
  artist: { address: "/me/following", single: "artist", lists: "artists" },
};

export const isKept = (thing: Keepable): boolean =>
  thing.kind === "artist" ? thing.item.following : thing.item.saved;

type Kept = Partial<Track & Release & Artist> & { id: string };

/** What the server last said of a thing, and the list of what is kept as it was shown then. */
interface Confirmed {
  kept: boolean;
  list?: Pages<Kept> | undefined;
}

const turns = new Map<string, Promise<unknown>>();
const confirmed = new Map<string, Confirmed>();

/**
 * Saves or follows, or stops it. Shown at once, before the server has answered; taken back, with the error
 * raised, if it refuses. Presses on the same thing are sent one after the other, so that the last one holds.
 */
export async function keep(thing: Keepable, kept: boolean): Promise<void> {
  const { id } = thing.item;
  const list = listOf(thing);
  // While presses are under way, what is shown is only hoped for.
  if (!turns.has(id)) confirmed.set(id, { kept: wasKept(thing), list: queryClient.getQueryData<Pages<Kept>>(list) });
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
  const list = queryClient.getQueryCache().find({ queryKey: listOf(thing) });
  const again = () => void (turns.has(id) || show(thing, last));
  if (list?.state.fetchStatus === "fetching") list.promise?.then(again, () => {});
  // Changed in place, it need not be fetched anew before it is next opened.
  void queryClient.invalidateQueries({ queryKey: listOf(thing), refetchType: "none" });
}

const listOf = ({ kind }: Keepable) => [KINDS[kind].lists, "kept"];

/** As it is shown; shown nowhere any more, as it was last confirmed. The press itself may know an old one: an undo. */
function wasKept(thing: Keepable): boolean {
  const { single, lists } = KINDS[thing.kind];
  const singles = queryClient.getQueriesData<Kept>({ queryKey: [single] }).map(([, one]) => one);
  const listed = queryClient.getQueriesData<Pages<Kept>>({ queryKey: [lists] }).flatMap(([, list]) => list?.pages ?? []);
  const shown = [...singles, ...listed.flatMap((page) => page.items)].find((one) => one?.id === thing.item.id);
  const isShown = thing.kind === "artist" ? shown?.following : shown?.saved;
  return isShown ?? confirmed.get(thing.item.id)?.kept ?? isKept(thing);
}

/** In every answer that is still in the cache. */
function show(thing: Keepable, { kept, list: earlier }: Confirmed): void {
  const { kind, item } = thing;
  const { single, lists } = KINDS[kind];
  const change = kind === "artist" ? { following: kept } : { saved: kept };
  const changed = <T extends Kept>(one: T): T => (one.id === item.id ? { ...one, ...change } : one);
  queryClient.setQueriesData<Kept>({ queryKey: [single] }, (one) => one && changed(one));
  queryClient.setQueriesData<Pages<Kept>>(
    { queryKey: [lists] },
    (list) => list && { ...list, pages: list.pages.map((page) => ({ ...page, items: page.items.map(changed) })) },
  );
  queryClient.setQueryData<Pages<Kept>>(listOf(thing), (list) => {
    if (!list || !kept) return list && without(list, item.id);
    if (list.pages.some((page) => has(page, item.id))) return list;
    const wasThere = earlier?.pages.some((page) => has(page, item.id));
    return wasThere ? putBack(list, changed<Kept>(item), earlier!) : withItem(list, changed<Kept>(item), () => true);
  });
}
