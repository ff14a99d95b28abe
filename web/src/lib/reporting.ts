import { createStore } from "./store";

/** What somebody is about to tell the moderators of. */
export interface Reported {
  kind: "track" | "release" | "artist" | "venue" | "organiser" | "person";
  id: string;
  name: string;
}

export const reporting = createStore<{ subject: Reported | null }>({ subject: null });

export const reportThing = (subject: Reported | null) => reporting.set({ subject });
