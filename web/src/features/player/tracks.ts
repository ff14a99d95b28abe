import { trackQuery } from "../../api/queries";
import { queryClient } from "../../api/queryClient";
import type { Track } from "../../api/types";
import type { PlayableTrack } from "./freshness";

/** What the page already knows about a track, however old. */
export const knownTrack = (id: string): Track | undefined => queryClient.getQueryData(trackQuery(id).queryKey);

/** A track with addresses that hold, asked for now; null if it can't be played. Raises `ApiError`. */
export async function askFor(id: string): Promise<PlayableTrack | null> {
  const track = await queryClient.fetchQuery({ ...trackQuery(id), staleTime: 0, retry: false, persister: undefined });
  return track.stream ? (track as PlayableTrack) : null;
}

export function forgetAddresses(id: string): void {
  const known = knownTrack(id);
  if (known) queryClient.setQueryData(trackQuery(id).queryKey, { ...known, stream: null });
}
