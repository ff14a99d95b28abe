import { newKey, request } from "./client";
import { onConnection } from "./connection";
import { alsoWipe, isStillTheirs } from "./owner";
import { historyQuery, preferencesQuery } from "./queries";
import { queryClient } from "./queryClient";
import { keep, readKept } from "../lib/kept";
import { type Pages, without } from "./pages";
import { signedInMark } from "./signedIn";
import type { HeardEntry } from "./types";

/** Listening history: what was heard is told to the server, waits for it here meanwhile, and is taken out again. */

const KEY = "basedmusic.heard";
/** In one report, which is as many as the server takes. */
const AT_ONCE = 100;
/** Kept while there is no connection: the oldest go first. */
const MOST = 2_000;

interface Waiting {
  id: string;
  track_id: string;
  heard_at: string;
}

/** Of one owner; what another one heard is none of this one's. */
interface Outbox {
  of: string;
  plays: readonly Waiting[];
}

let sending: Promise<void> | null = null;

/** Sends what waits, now and whenever the connection is back. */
export function sendWhatWaits(): void {
  alsoWipe((erases) => erases && keep(KEY, null));
  onConnection((connected) => void (connected && send()));
  void send();
}

/** A track was really heard. Without an account, or while history is paused, it is nobody's business. */
export function reportHeard(trackId: string): void {
  const of = signedInMark();
  if (!of || !isStillTheirs() || queryClient.getQueryData(preferencesQuery.queryKey)?.history_paused) return;
  put(of, [...waiting(of), { id: newId(), track_id: trackId, heard_at: new Date().toISOString() }]);
  void send();
}

async function send(): Promise<void> {
  sending ??= sendAll().finally(() => (sending = null));
  await sending;
}

async function sendAll(): Promise<void> {
  for (;;) {
    const of = signedInMark();
    const plays = of && isStillTheirs() ? waiting(of).slice(0, AT_ONCE) : [];
    if (!of || !plays.length) return;
    try {
      await request("POST", "/me/history", { body: { plays, sent_at: new Date().toISOString() } });
    } catch (error) {
      // Refused for good, it would be refused for ever; whatever else it was, they wait.
      if ((error as { status?: number }).status !== 422) return;
    }
    // Told again, a play counts once: what another tab has sent meanwhile is no matter.
    const sent = new Set(plays.map((play) => play.id));
    put(of, waiting(of).filter((play) => !sent.has(play.id)));
    void queryClient.invalidateQueries({ queryKey: historyQuery.queryKey });
  }
}

/** What is to be taken out: one entry, a day, or everything. */
export type Deletion = { play_id: string } | { since: string; until: string } | Record<string, never>;

/**
 * Gone from the page at once, and as quickly to be brought back: `undo` waits for what it takes back. `gone` raises
 * `ApiError`, and then the page is as it was.
 */
export function deleteHeard(what: Deletion): { gone: Promise<void>; undo: () => Promise<void> } {
  const id = newId();
  const of = signedInMark();
  // What was heard and not yet told belongs to everything.
  if (of && !("play_id" in what) && !("since" in what)) put(of, []);
  const gone = takeOut(id, what);
  return { gone, undo: () => bringBack(id, gone) };
}

async function takeOut(id: string, what: Deletion): Promise<void> {
  await queryClient.cancelQueries({ queryKey: historyQuery.queryKey });
  queryClient.setQueryData<Pages<HeardEntry>>(historyQuery.queryKey, (list) => list && leftOf(list, what));
  try {
    await request("PUT", `/me/history/deletions/${id}`, { body: what });
  } finally {
    void queryClient.invalidateQueries({ queryKey: historyQuery.queryKey });
  }
}

async function bringBack(id: string, gone: Promise<void>): Promise<void> {
  await gone;
  await request("DELETE", `/me/history/deletions/${id}`);
  await queryClient.invalidateQueries({ queryKey: historyQuery.queryKey });
}

function leftOf(list: Pages<HeardEntry>, what: Deletion): Pages<HeardEntry> {
  if ("play_id" in what) return without(list, what.play_id as string);
  const [since, until] = "since" in what ? [Date.parse(what.since as string), Date.parse(what.until as string)] : [-Infinity, Infinity];
  const stays = ({ heard_at }: HeardEntry) => Date.parse(heard_at) < since || Date.parse(heard_at) >= until;
  return { ...list, pages: list.pages.map((page) => ({ ...page, items: page.items.filter(stays) })) };
}

function waiting(of: string): readonly Waiting[] {
  try {
    const kept = JSON.parse(readKept(KEY) ?? "null") as Outbox | null;
    return kept?.of === of && Array.isArray(kept.plays) ? kept.plays : [];
  } catch {
    return [];
  }
}

function put(of: string, plays: readonly Waiting[]): void {
  keep(KEY, plays.length ? JSON.stringify({ of, plays: plays.slice(-MOST) } satisfies Outbox) : null);
}

/** A UUID, also on plain http, where `randomUUID` is missing and `newKey` is bare hexadecimal digits. */
function newId(): string {
  const key = newKey().replaceAll("-", "");
  return [key.slice(0, 8), key.slice(8, 12), key.slice(12, 16), key.slice(16, 20), key.slice(20)].join("-");
}
