import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { request } from "./client";
import { meQuery } from "./queries";
import { queryClient } from "./queryClient";
import type {
  Among,
  AuditRecord,
  ChainCheck,
  HeldJob,
  Page,
  Person,
  PersonDetail,
  PersonsCase,
  PersonsSession,
  Queue,
  SceneRole,
  Storage,
} from "./types";

/** Running the scene. What is read here is about others, and is never kept on the device. */

const AT_ONCE = 50;
const JOBS_EVERY_MS = 5000;

export const peopleQuery = (words: string, among: Among) =>
  listQuery<Person>(["admin", "people", words, among], "/admin/people", { q: words, among });

export const personQuery = (id: string) =>
  queryOptions({
    queryKey: ["admin", "person", id],
    meta: { kept: false },
    queryFn: ({ signal }) => request<PersonDetail>("GET", `/admin/people/${encodeURIComponent(id)}`, { signal }),
  });

export const personsCasesQuery = (id: string) =>
  listQuery<PersonsCase>(["admin", "cases", id], `/admin/people/${encodeURIComponent(id)}/cases`);

export const personsSessionsQuery = (id: string) =>
  listQuery<PersonsSession>(["admin", "sessions", id], `/admin/people/${encodeURIComponent(id)}/sessions`);

export interface LogFilter {
  act?: string | undefined;
  actor?: string | undefined;
  subject?: string | undefined;
}

export const logQuery = ({ act, actor, subject }: LogFilter) =>
  listQuery<AuditRecord>(["admin", "log", act, actor, subject], "/admin/audit", { act, actor, subject });

export const actsQuery = queryOptions({
  queryKey: ["admin", "acts"],
  meta: { kept: false },
  queryFn: ({ signal }) => request<string[]>("GET", "/admin/audit/acts", { signal }),
});

export const queueQuery = queryOptions({
  queryKey: ["admin", "jobs", "queue"],
  meta: { kept: false },
  refetchInterval: JOBS_EVERY_MS,
  queryFn: ({ signal }) => request<Queue>("GET", "/admin/jobs", { signal }),
});

export const heldJobsQuery = listQuery<HeldJob>(["admin", "jobs", "held"], "/admin/jobs/held");

export const storageQuery = queryOptions({
  queryKey: ["admin", "storage"],
  meta: { kept: false },
  queryFn: ({ signal }) => request<Storage>("GET", "/admin/storage", { signal }),
});

export async function suspend(id: string, reason: string, until: string | null): Promise<void> {
  await request("PUT", `/admin/people/${id}/suspension`, { body: { reason, until } });
  await fresh();
}

export async function liftSuspension(id: string): Promise<void> {
  await request("DELETE", `/admin/people/${id}/suspension`);
  await fresh();
}

export async function endSessionsOf(id: string): Promise<void> {
  await request("DELETE", `/admin/people/${id}/sessions`);
  await fresh();
}

export async function setSceneRole(id: string, role: SceneRole | null): Promise<void> {
  try {
    await request("PUT", `/admin/people/${id}/scene-role`, { body: { role } });
  } finally {
    await Promise.all([fresh(), refreshMe()]);
  }
}

export async function releaseJob(id: number): Promise<void> {
  try {
    await request("POST", `/admin/jobs/${id}/release`);
  } finally {
    await fresh("jobs");
  }
}

export async function releaseJobs(kind: string | null): Promise<number> {
  const { released } = await request<{ released: number }>("POST", "/admin/jobs/release", { body: { kind } });
  await fresh("jobs");
  return released;
}

export async function cancelJob(id: number): Promise<void> {
  try {
    await request("DELETE", `/admin/jobs/${id}`);
  } finally {
    await fresh("jobs");
  }
}

export const checkLog = () => request<ChainCheck>("POST", "/admin/audit/check");

export async function becomeFirstAdmin(token: string): Promise<void> {
  await request("POST", "/admin/first-admin", { body: { token } });
  await refreshMe();
}

async function refreshMe(): Promise<void> {
  await queryClient.fetchQuery({ ...meQuery, staleTime: 0 });
}

async function fresh(...part: string[]): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: ["admin", ...part] });
}

function listQuery<T>(key: readonly unknown[], path: string, query: Record<string, string | undefined> = {}) {
  return infiniteQueryOptions({
    queryKey: key,
    meta: { kept: false },
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      request<Page<T>>("GET", path, { query: { ...query, limit: AT_ONCE, after: pageParam }, signal }),
    getNextPageParam: (last: Page<T>) => last.next,
  });
}
