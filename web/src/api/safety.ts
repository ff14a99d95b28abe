import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { request } from "./client";
import { queryClient } from "./queryClient";
import type { Avoidance, Avoided, Case, CaseFile, Decided, NewReport, OwnReport, Page, Release, Track, Verdict } from "./types";

/** Blocking, muting, hiding, reporting, and the moderators' queue. None of it is kept on the device (`kept.ts`). */

export type AvoidedKind = "blocks" | "mutes" | "hidden/profiles" | "hidden/tracks" | "hidden/releases";

/** Everything that a block or a hidden thing may be in. What stands on the page as such stays where it is. */
const LISTS = new Set("tracks releases artists genres genre saved following avoided avoidance members".split(" "));
const FOLLOWED = ["artist", "venue", "organiser"];

export async function avoid(kind: AvoidedKind, id: string): Promise<void> {
  await request<void>("PUT", `/me/${kind}/${id}`);
  if (kind === "blocks") isFollowedNoMore(id);
  await listsAreStale();
}

export async function stopAvoiding(kind: AvoidedKind, id: string): Promise<void> {
  await request<void>("DELETE", `/me/${kind}/${id}`);
  await listsAreStale();
}

/** A block ends following, also on the page that it was pressed on. */
function isFollowedNoMore(id: string): void {
  for (const single of FOLLOWED) {
    queryClient.setQueriesData<{ id: string; following: boolean }>(
      { queryKey: [single] },
      (one) => one && (one.id === id ? { ...one, following: false } : one),
    );
  }
}

async function listsAreStale(): Promise<void> {
  await queryClient.invalidateQueries({
    predicate: ({ queryKey }) => queryKey.some((part) => typeof part === "string" && LISTS.has(part)),
  });
}

export const avoidanceQuery = (id: string) =>
  queryOptions({
    queryKey: ["avoidance", id],
    queryFn: ({ signal }) => request<Avoidance>("GET", `/me/avoidance/${id}`, { signal }),
  });

/** Parties, tracks and releases alike: who or what it is, and where it is undone. */
export const avoidedQuery = (kind: AvoidedKind) =>
  pagesOf<Avoided | Track | Release>(["avoided", kind], `/me/${kind}`);

export const ownReportsQuery = pagesOf<OwnReport>(["ownReports"], "/me/reports");
export const decisionsQuery = pagesOf<Decided>(["decisions"], "/me/decisions");

export const casesQuery = (state: Case["state"]) =>
  pagesOf<Case>(["cases", state], "/moderation/cases", { state });

export const caseQuery = (id: string) =>
  queryOptions({
    queryKey: ["case", id],
    queryFn: ({ signal }) => request<CaseFile>("GET", `/moderation/cases/${id}`, { signal }),
  });

export const reportStateQuery = (token: string) =>
  queryOptions({
    queryKey: ["reportState", token],
    retry: false,
    gcTime: 0,
    queryFn: ({ signal }) => request<OwnReport>("POST", "/reports/state", { body: { token }, signal }),
  });

export async function report(body: NewReport, key: string): Promise<OwnReport> {
  const made = await request<OwnReport>("POST", "/reports", { body, idempotencyKey: key });
  await queryClient.invalidateQueries({ queryKey: ["ownReports"] });
  return made;
}

export async function appeal(id: string, words: string): Promise<void> {
  await request<void>("POST", `/me/decisions/${id}/appeal`, { body: { words } });
  await queryClient.invalidateQueries({ queryKey: ["decisions"] });
}

/** With the link of the mail, by whoever can't sign in. */
export async function appealByLink(token: string, words: string): Promise<void> {
  await request<void>("POST", "/moderation/appeals", { body: { token, words } });
}

export const claimCase = (id: string) => onCase(id, request<Case>("PUT", `/moderation/cases/${id}/claim`));
export const releaseCase = (id: string) => onCase(id, request<void>("DELETE", `/moderation/cases/${id}/claim`));
export const decideCase = (id: string, body: Verdict) =>
  onCase(id, request<Case>("PUT", `/moderation/cases/${id}/decision`, { body }));

/** Also when it was refused: then another moderator was quicker, which the list has to show. */
async function onCase<T>(id: string, pending: Promise<T>): Promise<T> {
  try {
    return await pending;
  } finally {
    await Promise.all([
      queryClient.invalidateQueries({ queryKey: ["cases"] }),
      queryClient.invalidateQueries({ queryKey: ["case", id] }),
    ]);
  }
}

function pagesOf<T>(queryKey: readonly string[], path: string, query: Record<string, string> = {}) {
  return infiniteQueryOptions({
    queryKey,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      request<Page<T>>("GET", path, { query: { ...query, limit: 50, after: pageParam }, signal }),
    getNextPageParam: (last: Page<T>) => last.next,
  });
}
