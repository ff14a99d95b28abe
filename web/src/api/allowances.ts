import { queryOptions } from "@tanstack/react-query";
import { request } from "./client";
import { queryClient } from "./queryClient";
import type { Allowance, Page } from "./types";

/** How much more the viewer may do for now of what is counted: newcomers less than who is settled. */
export const allowancesQuery = queryOptions({
  queryKey: ["allowances"],
  staleTime: 30_000,
  meta: { kept: false },
  queryFn: async ({ signal }) => (await request<Page<Allowance>>("GET", "/me/allowances", { signal })).items,
});

export const allowanceFor = (what: Allowance["what"]) => (all: readonly Allowance[]) => all.find((one) => one.what === what);

/** One more was done, or refused. */
export const allowancesAreStale = (): Promise<void> => queryClient.invalidateQueries({ queryKey: allowancesQuery.queryKey });
