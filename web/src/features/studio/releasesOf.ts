import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { artistReleasesQuery } from "../../api/queries";
import type { Release } from "../../api/types";

/** All releases of an artist, to choose from; the first of them at once. */
export function useReleasesOf(artistId: string): readonly Release[] {
  const { data, hasNextPage, isFetching, isError, fetchNextPage } = useInfiniteQuery(artistReleasesQuery(artistId));
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [hasNextPage, isFetching, isError, fetchNextPage]);
  return data?.pages.flatMap((page) => page.items) ?? [];
}
