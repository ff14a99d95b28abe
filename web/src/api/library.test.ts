import { InfiniteQueryObserver } from "@tanstack/react-query";
import { afterEach, expect, test, vi } from "vitest";
import { ApiError } from "./client";
import { keep } from "./library";
import { savedTracksQuery } from "./queries";
import { queryClient } from "./queryClient";
import type { Track } from "./types";

// The cache asks at once whose it is.
vi.hoisted(() => vi.stubGlobal("document", { cookie: "" }));

const track = (id: string, saved = false) => ({ id, saved });
const save = (id: string, kept = true) => keep({ kind: "track", item: track(id) as Track }, kept);
const lists = (...items: unknown[]) => ({ pages: [{ items, next: null }], pageParams: [null] });

function answering(status: number): ReturnType<typeof vi.fn> {
  const problem = JSON.stringify({ code: "track_not_found", status, title: "", detail: "", type: "" });
  const fetching = vi.fn(async () => new Response(status === 204 ? null : problem, { status }));
  vi.stubGlobal("fetch", fetching);
  return fetching;
}

afterEach(() => {
  vi.unstubAllGlobals();
  queryClient.clear();
});

test("a saved track is marked everywhere it is shown, before the server has answered", async () => {
  const fetching = answering(204);
  queryClient.setQueryData(["track", "a"], track("a"));
  queryClient.setQueryData(["track", "b"], track("b"));
  queryClient.setQueryData(["tracks", "latest"], lists(track("a"), track("b")));
  const answered = save("a");
  expect(queryClient.getQueryData(["track", "a"])).toEqual(track("a", true));
  queryClient.setQueryData(["track", "a"], track("a")); // asked for before, and come meanwhile
  await answered;
  expect(queryClient.getQueryData(["track", "a"])).toEqual(track("a", true));
  expect(fetching.mock.calls[0]?.slice(0, 1)).toEqual(["/api/v1/me/saved/tracks/a"]);
  expect(queryClient.getQueryData(["track", "b"])).toEqual(track("b"));
  expect(queryClient.getQueryData(["tracks", "latest"])).toEqual(lists(track("a", true), track("b")));
});

test("a refusal takes the mark back", async () => {
  answering(404);
  queryClient.setQueryData(["track", "a"], track("a"));
  queryClient.setQueryData(["tracks", "latest"], lists(track("a")));
  await expect(save("a")).rejects.toBeInstanceOf(ApiError);
  expect(queryClient.getQueryData(["track", "a"])).toEqual(track("a"));
  expect(queryClient.getQueryData(["tracks", "latest"])).toEqual(lists(track("a")));
});

test("presses that are all refused lead back to what the server last confirmed", async () => {
  answering(404);
  queryClient.setQueryData(["track", "a"], track("a"));
  await Promise.allSettled([save("a"), save("a", false)]);
  expect(queryClient.getQueryData(["track", "a"])).toEqual(track("a"));
});

test("a refused press after one that passed leaves what that one made", async () => {
  const fetching = vi.fn(async () => new Response("{}", { status: 500 }));
  vi.stubGlobal("fetch", fetching.mockResolvedValueOnce(new Response(null, { status: 204 })));
  queryClient.setQueryData(["track", "a"], track("a"));
  await Promise.allSettled([save("a"), save("a", false), save("a")]);
  expect(queryClient.getQueryData(["track", "a"])).toEqual(track("a", true));
});

test("the last of several presses holds, and they are sent one after the other", async () => {
  const sent: string[] = [];
  vi.stubGlobal("fetch", async (_: string, { method }: RequestInit) => {
    sent.push(`${method} begins`);
    await new Promise((done) => setTimeout(done, 5));
    sent.push(`${method} ends`);
    return new Response(null, { status: 204 });
  });
  queryClient.setQueryData(["track", "a"], track("a"));
  await Promise.all([save("a"), save("a", false), save("a")]);
  expect(queryClient.getQueryData(["track", "a"])).toEqual(track("a", true));
  const one = (method: string) => [`${method} begins`, `${method} ends`];
  expect(sent).toEqual([...one("PUT"), ...one("DELETE"), ...one("PUT")]);
});

test("what is no longer kept leaves the list of what is at once", async () => {
  answering(204);
  queryClient.setQueryData(["tracks", "kept"], lists(track("a", true), track("b", true)));
  const answered = save("a", false);
  expect(queryClient.getQueryData(["tracks", "kept"])).toEqual(lists(track("b", true)));
  await answered;
});

test("a refused removal is back in its place in the list, beside what else was removed or kept since", async () => {
  queryClient.setQueryData(["tracks", "kept"], lists(track("a", true), track("b", true), track("c", true), track("d", true)));
  vi.stubGlobal("fetch", async (path: string) => (path.endsWith("b") ? new Response("{}", { status: 500 }) : new Response(null, { status: 204 })));
  await Promise.allSettled([save("c", false), save("b", false), save("e")]);
  const now = ["e", "a", "b", "d"].map((id) => track(id, true));
  expect(queryClient.getQueryData(["tracks", "kept"])).toEqual(lists(...now));
});

test("the last one of what was fetched goes back there, too", async () => {
  answering(500);
  const long = { pages: [{ items: [track("a", true), track("b", true)], next: "more" }], pageParams: [null] };
  queryClient.setQueryData(["tracks", "kept"], long);
  await expect(save("b", false)).rejects.toBeInstanceOf(ApiError);
  expect(queryClient.getQueryData(["tracks", "kept"])).toEqual(long);
});

test("what is newly kept stands first in a list of any length, and none of its pages is fetched again", async () => {
  const fetching = answering(204);
  const page = (id: string, next: string | null) => ({ items: [track(id, true)], next });
  const pages = [page("a", "2"), page("b", "3"), page("c", null)];
  const pageParams = [null, "2", "3"];
  queryClient.setQueryData(["tracks", "kept"], { pages, pageParams });
  const observer = new InfiniteQueryObserver(queryClient, { ...savedTracksQuery, refetchOnMount: false });
  const stop = observer.subscribe(() => {});
  await save("z");
  stop();
  const first = { items: [track("z", true), track("a", true)], next: "2" };
  expect(queryClient.getQueryData(["tracks", "kept"])).toEqual({ pages: [first, ...pages.slice(1)], pageParams });
  expect(fetching).toHaveBeenCalledOnce();
});

test("a page of the list that comes after the press does not undo it", async () => {
  answering(204);
  queryClient.setQueryData(["tracks", "kept"], lists(track("a", true), track("b", true)));
  const came = queryClient.fetchQuery({
    queryKey: ["tracks", "kept"],
    queryFn: () => new Promise((done) => setTimeout(() => done(lists(track("a", true), track("b", true))), 20)),
  });
  await Promise.all([save("a", false), came]);
  expect(queryClient.getQueryData(["tracks", "kept"])).toEqual(lists(track("b", true)));
});

test("an artist is marked under its slug too", async () => {
  answering(204);
  const artist = { id: "1", slug: "ebb", name: "Ebb", following: true };
  queryClient.setQueryData(["artist", "ebb"], artist);
  queryClient.setQueryData(["artist", "1"], artist);
  await keep({ kind: "artist", item: artist }, false);
  for (const key of ["ebb", "1"]) {
    expect(queryClient.getQueryData(["artist", key])).toEqual({ ...artist, following: false });
  }
});

test("who is followed stands first in the list of all and of their kind, and nowhere else", async () => {
  answering(204);
  const venue = { id: "1", slug: "annex", name: "The Annex", following: false };
  const other = { id: "2", kind: "artist", slug: "ebb", name: "Ebb", since: "" };
  queryClient.setQueryData(["venue", "annex"], venue);
  queryClient.setQueryData(["following", "all"], lists(other));
  queryClient.setQueryData(["following", "venue"], lists());
  queryClient.setQueryData(["following", "artist"], lists(other));
  await keep({ kind: "venue", item: venue }, true);
  const row = { id: "1", kind: "venue", slug: "annex", name: "The Annex", since: expect.any(String) };
  expect(queryClient.getQueryData(["venue", "annex"])).toEqual({ ...venue, following: true });
  expect(queryClient.getQueryData(["following", "all"])).toEqual(lists(row, other));
  expect(queryClient.getQueryData(["following", "venue"])).toEqual(lists(row));
  expect(queryClient.getQueryData(["following", "artist"])).toEqual(lists(other));
  await keep({ kind: "venue", item: venue }, false);
  expect(queryClient.getQueryData(["following", "all"])).toEqual(lists(other));
});

test("whom the server refuses to let go is back in their place in both lists", async () => {
  answering(500);
  const row = (id: string) => ({ id, kind: "organiser", slug: id, name: id, since: "" });
  for (const key of ["all", "organiser"]) queryClient.setQueryData(["following", key], lists(row("a"), row("b"), row("c")));
  const thing = { kind: "organiser" as const, item: { id: "b", slug: "b", name: "b", following: true } };
  await expect(keep(thing, false)).rejects.toBeInstanceOf(ApiError);
  for (const key of ["all", "organiser"]) {
    const list = queryClient.getQueryData<{ pages: { items: { id: string }[] }[] }>(["following", key]);
    expect(list?.pages[0]?.items.map(({ id }) => id)).toEqual(["a", "b", "c"]);
  }
});
