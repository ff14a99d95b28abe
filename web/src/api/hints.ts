import { useEffect } from "react";
import { apiPath } from "./client";
import { queryClient } from "./queryClient";

/** The server takes at most this many topics on one stream. */
const MAX_TOPICS = 50;
/** A hint may be lost; what is being worked on is asked for again this often, in ms. */
const FALLBACK_MS = 10_000;

/**
 * Keeps tracks fresh while the server works on them: an event says only *that* one changed, then it is
 * fetched. One stream for all of them, none when the list is empty (HTTP/1.1 has six connections in all).
 */
export function useTrackHints(trackIds: readonly string[]): void {
  const topics = [...new Set(trackIds)].slice(-MAX_TOPICS).sort().join(",");
  useEffect(() => {
    if (!topics) return;
    const ids = topics.split(",");
    const search = ids.map((id) => `topic=track:${encodeURIComponent(id)}`).join("&");
    const source = new EventSource(`${apiPath("/events")}?${search}`);
    const refetchAll = () => ids.forEach(refetchTrack);
    // What changed before the stream stood is found by this fetch; after it, by hints.
    source.addEventListener("ready", refetchAll);
    source.addEventListener("changed", (event) => {
      const { topic } = JSON.parse((event as MessageEvent<string>).data) as { topic: string };
      refetchTrack(topic.replace(/^track:/, ""));
    });
    const timer = setInterval(refetchAll, FALLBACK_MS);
    return () => {
      clearInterval(timer);
      source.close();
    };
  }, [topics]);
}

function refetchTrack(id: string): void {
  void queryClient.invalidateQueries({ queryKey: ["track", id] });
  void queryClient.invalidateQueries({ queryKey: ["steps", id] });
}
