import { notifyManager, onlineManager, type Query, type QueryClient, type QueryFunctionContext } from "@tanstack/react-query";
import { ApiError, isGone } from "./client";
import { dropAnswer, findAnswer, keepAnswers, keepOnlyFor, listAnswers, type KeptAnswer } from "./keptAnswers";
import { settle, takeOver, watchOwner } from "./owner";
import { signedInMark } from "./signedIn";

/**
 * What was seen is shown when the server can't be reached, or is slow, and replaced as soon as it answers. Kept for
 * one owner at a time: an account or a guest. Who signs in or out begins with nothing of the last one's.
 */

/** How long an answer may take before what is kept is shown in its place, in ms. */
const PATIENCE_MS = 600;
/** A storage that does not answer is none. */
const STORAGE_MS = 1_000;
const WRITES_AFTER_MS = 500;
/** Of a long list its beginning. */
const PAGES = 3;
/** Old ones of these would mislead, or hold a secret. */
const NEVER_KEPT = new Set([
  "keys",
  "outbox",
  "steps",
  "sessions",
  "members",
  "invitations",
  "offer",
  "avoided",
  "avoidance",
  "ownReports",
  "decisions",
  "cases",
  "case",
  "reportState",
  "claim",
  "claims",
]);
/** The covers that the service worker keeps (`worker/covers.ts`). */
const COVERS = "basedmusic-covers";

const GUEST = "guest";

const toWrite = new Map<string, KeptAnswer>();
/** Queries whose data came from here and was not confirmed yet. */
const unconfirmed = new Set<string>();
const restoring = new Set<string>();
let owner = ownerNow();
let writing: ReturnType<typeof setTimeout> | undefined;

/** Begins to keep what `client` is told. `changed`: somebody else is here, or something that was shown is gone. */
export function keepWhatIsSeen(client: QueryClient, changed: () => void): void {
  void wipeOthers();
  const cache = client.getQueryCache();
  cache.subscribe((event) => {
    if (event.type !== "updated" || cache.get(event.query.queryHash) !== event.query) return;
    if (event.action.type === "success") note(event.query, event.action.manual === true);
    if (event.action.type === "error" && isGone(event.action.error)) forgetGone(client, event.query, changed);
  });
  document.addEventListener("visibilitychange", () => void (document.hidden && write()));
  watchOwner(() => void startAnew(client).then(changed));
}

/** Nothing fetched or kept for one viewer is shown to the next. */
export async function startAnew(client: QueryClient): Promise<void> {
  owner = ownerNow();
  toWrite.clear();
  unconfirmed.clear();
  const wiped = wipeOthers();
  client.removeQueries({ predicate: (query) => query.queryKey[0] !== "me" });
  await wiped;
}

/** What lies elsewhere goes at once, whatever becomes of the answers: their storage may be off. */
async function wipeOthers(): Promise<void> {
  const leaves = takeOver();
  // Without an owner's name there is no keeping, but still a wiping.
  const before = await Promise.race([keepOnlyFor(owner ?? "nobody"), after(STORAGE_MS, null)]);
  const [, last] = before?.split(" ") ?? [];
  if (!leaves && (!last || last === GUEST || last === signedInMark())) return;
  await globalThis.caches?.delete(COVERS).catch(() => false);
  settle();
}

/** For `defaultOptions.queries.persister`: asks the server, and looks here when it is silent or slow. */
export async function orKept<T, C extends QueryFunctionContext>(
  ask: (context: C) => T | Promise<T>,
  context: C,
  query: Query,
): Promise<T> {
  const fresh = Promise.resolve(ask(context));
  if (query.state.data !== undefined || !mayKeep(query) || !owner) return fresh;
  const from = owner;
  const found = findAnswer(from, query.queryHash);
  const slow = after(onlineManager.isOnline() ? PATIENCE_MS : 0, true);
  if (!(await Promise.race([fresh.then(() => false, isSilence), slow]))) return fresh;
  const known = await Promise.race([found, after(STORAGE_MS, null)]);
  if (!known || from !== owner) return fresh;
  restoring.add(query.queryHash);
  unconfirmed.add(query.queryHash);
  const old = () => query.setState({ dataUpdatedAt: known.at, isInvalidated: true });
  fresh.then(
    (data) => from === owner && context.client.setQueryData(query.queryKey, data),
    // After this function's own answer was taken for news: it is to be asked for again as soon as may be.
    (error: unknown) => (isGone(error) ? void query.fetch().catch(() => {}) : notifyManager.schedule(old)),
  );
  return known.data as T;
}

/** Pages that can be opened without the server, the last seen first. */
export async function listKept(): Promise<KeptAnswer[]> {
  return owner ? listAnswers(owner) : [];
}

function note(query: Query, manual: boolean): void {
  const { data, dataUpdatedAt: at } = query.state;
  if (restoring.delete(query.queryHash)) return; // what is kept already, and no news
  unconfirmed.delete(query.queryHash);
  if (data === null || !mayKeep(query) || owner !== ownerNow()) return;
  // An address that no longer held was taken out by the player: no news of the track.
  if (manual && (data as { stream?: unknown }).stream === null) return;
  toWrite.set(query.queryHash, { hash: query.queryHash, key: query.queryKey, data: firstPages(data), at });
  writing ??= setTimeout(() => void write(), WRITES_AFTER_MS);
}

async function write(): Promise<void> {
  clearTimeout(writing);
  writing = undefined;
  const answers = [...toWrite.values()];
  toWrite.clear();
  if (answers.length && owner && owner === ownerNow()) await keepAnswers(owner, answers);
}

/** It was shown from here and is not there any more: not kept, and not shown any longer. */
function forgetGone(client: QueryClient, query: Query, changed: () => void): void {
  if (owner) void dropAnswer(owner, query.queryHash);
  if (!unconfirmed.delete(query.queryHash)) return;
  client.removeQueries({ queryKey: query.queryKey, exact: true });
  changed();
}

const mayKeep = (query: Query): boolean => !NEVER_KEPT.has(String(query.queryKey[0])) && query.meta?.kept !== false;

/** An account's mark or a guest's, with the shape of the API: an answer of another shape would break a page. */
function ownerNow(): string | null {
  const mark = signedInMark();
  // Sessions that began under an older server all have the same mark.
  return mark === "1" ? null : `${API_SHAPE} ${mark ?? GUEST}`;
}

function firstPages(data: unknown): unknown {
  const list = data as { pages?: unknown[]; pageParams?: unknown[] };
  if (!Array.isArray(list.pages) || list.pages.length <= PAGES) return data;
  return { pages: list.pages.slice(0, PAGES), pageParams: list.pageParams?.slice(0, PAGES) };
}

const isSilence = (error: unknown): boolean => error instanceof ApiError && error.code === "network";
const after = <T>(ms: number, value: T): Promise<T> => new Promise((done) => setTimeout(() => done(value), ms));
