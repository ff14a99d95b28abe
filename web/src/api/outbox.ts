import { queryOptions } from "@tanstack/react-query";
import { request } from "./client";
import type { OutboxMail, Page } from "./types";

/** Mails of a scene under development, newest first; elsewhere there is no such thing. Never kept on the device. */
export const outboxQuery = queryOptions({
  queryKey: ["outbox"],
  staleTime: 0,
  queryFn: ({ signal }) => request<Page<OutboxMail>>("GET", "/outbox", { query: { limit: 100 }, signal }),
});
