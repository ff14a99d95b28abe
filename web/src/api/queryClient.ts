import { QueryClient } from "@tanstack/react-query";
import { ApiError } from "./client";
import { isConnected } from "./connection";
import { orKept } from "./kept";

/** The one cache of what the server said. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      gcTime: 10 * 60_000,
      // Offline is an answer too, said at once: the library's own way is to wait without a word.
      networkMode: "always",
      refetchOnReconnect: true,
      persister: orKept,
      // A refusal stays a refusal; only silence and breakage are worth asking again.
      retry: (failures, error) =>
        failures < 2 && isConnected() && (!(error instanceof ApiError) || error.status === 0 || error.status >= 500),
    },
  },
});
