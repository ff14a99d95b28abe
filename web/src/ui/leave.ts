import type { AnyRouter } from "@tanstack/react-router";
import { signOut, signOutEverywhere } from "../api/actions";
import { wordsOf } from "../api/client";
import { say } from "./said";

/** Signs out, here or everywhere, and goes home; a failure is told and leaves everything as it is. */
export async function leave(router: AnyRouter, { everywhere = false } = {}): Promise<void> {
  try {
    await (everywhere ? signOutEverywhere() : signOut());
    await router.navigate({ to: "/" });
  } catch (error) {
    say(wordsOf(error));
  }
}
