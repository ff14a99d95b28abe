import { useQuery } from "@tanstack/react-query";
import { keep, readKept } from "../lib/kept";
import { createStore, useStore } from "../lib/store";
import { alsoWipe } from "./owner";
import { meQuery } from "./queries";
import { queryClient } from "./queryClient";
import type { Me, Profile } from "./types";

/**
 * As which of their profiles somebody acts; null: as themselves. Kept on this device until they sign out. What the
 * account may do is the server's to say: this only chooses what tools open on.
 */

const KEY = "basedmusic.acting";

const acting = createStore<{ id: string | null }>({ id: readKept(KEY) });

export function actAs(id: string | null): void {
  keep(KEY, id);
  acting.set({ id });
}

/** A profile that the account lost is none to act as, whatever is kept. */
export function useActing(): Profile | null {
  const { data: me } = useQuery(meQuery);
  const id = useStore(acting, (now) => now.id);
  return chosen(me, id);
}

export const actingNow = (): Profile | null => chosen(queryClient.getQueryData(meQuery.queryKey), acting.get().id);

/** The artist whose music tools show, of those that act; null for all of one's own. */
export const musicOf = (profile: Profile | null): string | null => (profile?.kind === "artist" ? profile.id : null);

function chosen(me: Me | null | undefined, id: string | null): Profile | null {
  return me?.profiles.find((profile) => profile.id === id) ?? null;
}

alsoWipe((erases) => {
  if (erases) keep(KEY, null);
  // Wakes nobody: what is shown is still the leaver's, and would be asked for anew, until it is known who is here.
  acting.get().id = readKept(KEY);
});

// A choice made in another tab is this one's too.
if (typeof window !== "undefined") {
  window.addEventListener("storage", ({ key }) => {
    if (key === KEY || key === null) acting.set({ id: readKept(KEY) });
  });
}
