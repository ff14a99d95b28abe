import type { InfiniteData } from "@tanstack/react-query";
import { request } from "./client";
import { queryClient } from "./queryClient";
import type { Artist, Page, Release, Track } from "./types";

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

const turns = new Map<string, Promise<unknown>>();
/** What the server last said of each, as far as anything was asked of it. */
const confirmed = new Map<string, boolean>();

/**
 * Saves or follows, or stops it. Shown at once, before the server has answered; taken back, with the error
 * raised, if it refuses. Presses on the same thing are sent one after the other, so that the last one holds.
 */
export async function keep(thing: Keepable, kept: boolean): Promise<void> {
  const { address, lists } = KINDS[thing.kind];
  const { id } = thing.item;
  // While presses are under way, what is shown is only hoped for.
  if (!turns.has(id)) confirmed.set(id, wasKept(thing));
  show(thing, kept);
  const before = turns.get(id) ?? Promise.resolve();
  const sent = before.catch(() => {}).then(() => request<void>(kept ? "PUT" : "DELETE", `${address}/${id}`));
  turns.set(id, sent);
  try {
    await sent;
    confirmed.set(id, kept);
    // Over what was asked for before it and has come meanwhile.
    if (turns.get(id) === sent) show(thing, kept);
  } catch (error) {
    if (turns.get(id) === sent) show(thing, confirmed.get(id)!);
    throw error;
  } finally {
    if (turns.get(id) === sent) {
      turns.delete(id);
      await queryClient.invalidateQueries({ queryKey: [lists, "kept"] });
    }
  }
}

type Kept = Partial<Track & Release & Artist> & { id: string };
type Lists = InfiniteData<Page<Kept>>;

/** As it is shown; shown nowhere any more, as it was last confirmed. The press itself may know an old one: an undo. */
function wasKept(thing: Keepable): boolean {
  const { single, lists } = KINDS[thing.kind];
  const singles = queryClient.getQueriesData<Kept>({ queryKey: [single] }).map(([, one]) => one);
  const listed = queryClient.getQueriesData<Lists>({ queryKey: [lists] }).flatMap(([, list]) => list?.pages ?? []);
  const shown = [...singles, ...listed.flatMap((page) => page.items)].find((one) => one?.id === thing.item.id);
  return (shown && (thing.kind === "artist" ? shown.following : shown.saved)) ?? confirmed.get(thing.item.id) ?? isKept(thing);
}

/** In every answer that is still in the cache. */
function show({ kind, item }: Keepable, kept: boolean): void {
  const { single, lists } = KINDS[kind];
  const change = kind === "artist" ? { following: kept } : { saved: kept };
  const changed = <T extends Kept>(one: T): T => (one.id === item.id ? { ...one, ...change } : one);
  queryClient.setQueriesData<Kept>({ queryKey: [single] }, (one) => one && changed(one));
  queryClient.setQueriesData<Lists>({ queryKey: [lists] }, (list) => eachPage(list, (items) => items.map(changed)));
  // From its list it goes at once; where it comes in again, the server knows.
  if (!kept) {
    queryClient.setQueryData<Lists>([lists, "kept"], (list) =>
      eachPage(list, (items) => items.filter((one) => one.id !== item.id)),
    );
  }
}

function eachPage(list: Lists | undefined, change: (items: Kept[]) => Kept[]) {
  return list && { ...list, pages: list.pages.map((page) => ({ ...page, items: change(page.items) })) };
}
