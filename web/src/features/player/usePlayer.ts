import { useQuery } from "@tanstack/react-query";
import { trackQuery } from "../../api/queries";
import type { Track } from "../../api/types";
import { useStore } from "../../lib/store";
import { currentId } from "./queue";
import { playerState, type PlayStatus } from "./state";

/** The current track of the queue, fetched if need be. */
export function useCurrentTrack(): Track | null {
  const id = useStore(playerState, (now) => currentId(now.queue));
  const { data } = useQuery({ ...trackQuery(id ?? ""), enabled: id !== null });
  return (id !== null && data) || null;
}

/** What the player does with this very track; `idle` when another is current. */
export function useStatusOf(trackId: string): PlayStatus {
  return useStore(playerState, (now) => (currentId(now.queue) === trackId ? now.status : "idle"));
}

export const isSounding = (status: PlayStatus): boolean => status === "playing" || status === "loading";
