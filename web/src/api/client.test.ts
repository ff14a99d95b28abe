import { expect, test } from "vitest";
import { isGone, networkError, refusal } from "./client";

test("only what is not there is gone: signed out, asked too often or unanswered, it may come yet", () => {
  expect([403, 404, 410].filter((status) => !isGone(refusal(status, "")))).toEqual([]);
  expect([400, 401, 408, 422, 429, 500, 503].filter((status) => isGone(refusal(status, "")))).toEqual([]);
  expect(isGone(networkError())).toBe(false);
});
