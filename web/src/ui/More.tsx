import type { MouseEvent } from "react";
import { t } from "../lib/messages";
import { Button } from "./controls";

interface MoreProps {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => Promise<unknown>;
}

/** The next page of the list before it, at a press. Takes what `useInfiniteQuery` returns. */
export function More({ hasNextPage, isFetchingNextPage, fetchNextPage }: MoreProps) {
  if (!hasNextPage) return null;
  async function fetchMore({ currentTarget: button }: MouseEvent) {
    const list = button.previousElementSibling;
    const known = list?.childElementCount ?? 0;
    await fetchNextPage();
    // On from the first new row: the button is below it by now, or gone.
    requestAnimationFrame(() => list?.children[known]?.querySelector<HTMLElement>("a, button")?.focus());
  }
  return (
    <Button onClick={(event) => void fetchMore(event)} rests={isFetchingNextPage}>
      {isFetchingNextPage ? t("list.loading") : t("list.more")}
    </Button>
  );
}
