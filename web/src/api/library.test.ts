import { afterEach, expect, test, vi } from "vitest";
import { ApiError } from "./client";
import { saveTrack, unfollow } from "./library";
import { queryClient } from "./queryClient";

const track = (id: string, saved = false) => ({ id, saved });
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
  const answered = saveTrack("a");
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
  await expect(saveTrack("a")).rejects.toBeInstanceOf(ApiError);
  expect(queryClient.getQueryData(["track", "a"])).toEqual(track("a"));
  expect(queryClient.getQueryData(["tracks", "latest"])).toEqual(lists(track("a")));
});

test("an artist is marked under its slug too", async () => {
  answering(204);
  const artist = { id: "1", slug: "ebb", following: true };
  queryClient.setQueryData(["artist", "ebb"], artist);
  queryClient.setQueryData(["artist", "1"], artist);
  await unfollow("1");
  for (const key of ["ebb", "1"]) {
    expect(queryClient.getQueryData(["artist", key])).toEqual({ ...artist, following: false });
  }
});
