import { useSuspenseInfiniteQuery } from "@tanstack/react-query";
import { useCallback, type ReactNode } from "react";
import { wordsOf } from "../../api/client";
import { useTrackHints } from "../../api/hints";
import { myTracksQuery } from "../../api/queries";
import { t } from "../../lib/messages";
import { ErrorNote } from "../../ui/ErrorNote";
import { isSettled } from "../track/settled";
import { LongList } from "./LongList";
import { TrackRow } from "./TrackRow";
import { uploads } from "./uploads";
import { useStore } from "../../lib/store";
import "./words";

interface TracksProps {
  published: boolean;
  /** Of one artist alone; null for all of one's own. */
  artistId: string | null;
  label: string;
  /** Stands there instead of no tracks. */
  empty: ReactNode;
}

/** One's own tracks, or one artist's of them, drafts or published, newest first, however many. */
export function Tracks({ published, artistId, label, empty }: TracksProps) {
  const query = useSuspenseInfiniteQuery(myTracksQuery(published, artistId));
  const { data, hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage, error } = query;
  const sent = useStore(uploads, (now) => now.list);
  const tracks = data.pages.flatMap((page) => page.items);
  const arriving = sent.flatMap((upload) => (upload.track ? [upload.track.id] : []));
  useTrackHints([...tracks.filter((track) => !isSettled(track)).map((track) => track.id), ...arriving]);
  const waits = !hasNextPage || isFetchingNextPage || isFetchNextPageError;
  const onEnd = useCallback(() => {
    if (!waits) void fetchNextPage();
  }, [waits, fetchNextPage]);
  if (!tracks.length && !hasNextPage) return empty;
  return (
    <>
      <LongList label={label} items={tracks} more={hasNextPage} onEnd={onEnd}>
        {(track) => <TrackRow track={track} />}
      </LongList>
      {isFetchingNextPage && <p role="status">{t("list.loading")}</p>}
      {isFetchNextPageError && (
        <ErrorNote title={t("studio.moreFailed")} onRetry={() => void fetchNextPage()}>
          {wordsOf(error)}
        </ErrorNote>
      )}
    </>
  );
}
