import { afterEach, expect, test, vi } from "vitest";

vi.hoisted(() => vi.stubGlobal("document", { cookie: "" }));

import { queryClient } from "../../api/queryClient";
import { fetchMissing } from "./batches";

afterEach(() => queryClient.clear());

test("what nobody could tell is asked for again, in one request, and what is known is not", async () => {
  const fetching = vi.fn(async () => new Response(JSON.stringify({ items: [{ id: "b" }, { id: "c" }], next: null })));
  fetching.mockResolvedValueOnce(new Response("{}", { status: 500 }));
  vi.stubGlobal("fetch", fetching);
  queryClient.setQueryData(["track", "a"], { id: "a" });
  await fetchMissing(["a", "b", "c"]);
  expect(queryClient.getQueryData(["track", "b"])).toBeUndefined();
  await fetchMissing(["a", "b", "c"]);
  expect(queryClient.getQueryData(["track", "b"])).toEqual({ id: "b" });
  await fetchMissing(["a", "b", "c"]);
  const asked = fetching.mock.calls.map((call: unknown[]) => call[0]);
  expect(asked).toEqual(Array(2).fill("/api/v1/tracks?ids=b%2Cc"));
});
