import { useQuery } from "@tanstack/react-query";
import { useLocation, useRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import { isGone } from "../../api/client";
import { trackQuery } from "../../api/queries";
import type { Track } from "../../api/types";
import { t } from "../../lib/messages";
import { useStore } from "../../lib/store";
import { say } from "../../ui/said";
import { removeTrack } from "./player";
import { currentId } from "./queue";
import { playerState, type PlayStatus } from "./state";

declare module "@tanstack/react-router" {
  interface HistoryState {
    /** The player's sheet lies over the page. */
    sheet?: boolean;
  }
}

/**
 * The current track of the queue, fetched if need be: `null` without one, `"unknown"` while it can't be told.
 * One that was taken back since leaves the queue, with a word.
 */
export function useCurrentTrack(): Track | "unknown" | null {
  const id = useStore(playerState, (now) => currentId(now.queue));
  const { data, error } = useQuery({ ...trackQuery(id ?? ""), enabled: id !== null });
  const isLost = id !== null && !data && isGone(error);
  useEffect(() => {
    if (!isLost) return;
    removeTrack(id);
    say(t("player.gone"));
  }, [isLost, id]);
  if (id === null || isLost) return null;
  return data ?? (error ? "unknown" : null);
}

/** The phone's sheet is an entry of the history, so that Back closes it and the page behind stays. */
export function useSheet(): { isOpen: boolean; open: () => void; close: () => void } {
  const router = useRouter();
  const isOpen = useLocation({ select: (location) => location.state.sheet === true });
  const state = (now: object) => ({ ...now, sheet: true });
  return {
    isOpen,
    open: () => void router.navigate({ to: ".", search: true, hash: true, state, resetScroll: false }),
    close: () => router.history.back(),
  };
}

/** What the player does with this very track; `idle` when another is current. */
export function useStatusOf(trackId: string): PlayStatus {
  return useStore(playerState, (now) => (currentId(now.queue) === trackId ? now.status : "idle"));
}

export const isSounding = (status: PlayStatus): boolean => status === "playing" || status === "loading";
