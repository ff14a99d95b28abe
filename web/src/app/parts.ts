import type { ComponentType } from "react";
import { lazyRouteComponent } from "@tanstack/react-router";
import { ApiError } from "../api/client";
import { serverAnswers } from "../api/connection";
import { isBusy } from "../lib/busy";
import { t } from "../lib/messages";
import { takeNewest } from "./version";

const RELOADED_KEY = "basedmusic.reloaded";
const RELOAD_AGAIN_MS = 60_000;

const parts: { preload?: (() => Promise<void> | undefined) | undefined }[] = [];

/**
 * A page whose code is a file of its own, fetched when first needed. One that can't be fetched is an `ApiError`
 * of the code `part`, which the router shows: its own answer, to load the document again, would stop the music.
 */
export function lazyPage<T extends Record<string, ComponentType>, K extends keyof T & string>(
  fetchPart: () => Promise<T>,
  name: K,
) {
  const missing = (cause: unknown) => Object.assign(new ApiError("part", 0, t("away.title")), { cause });
  const page = lazyRouteComponent<T, K>(
    () =>
      fetchPart().catch((error: unknown) => {
        throw missing(error);
      }),
    name,
  );
  parts.push(page);
  return page;
}

/** Fetches what is still missing of the pages' code, so that going round needs no connection for it. Never fails. */
export async function fetchParts(): Promise<void> {
  await Promise.all(parts.map((part) => part.preload?.()));
}

/** Whether the connection is the reason that a page isn't there: its data or its code could not be fetched. */
export const isAway = (error: unknown): boolean =>
  error instanceof ApiError && (error.code === "network" || error.code === "part");

/**
 * A part is gone though the server answers: a new version was installed. Takes that one; of itself only
 * (`asked` false) while nothing would be broken off, and not for ever.
 */
export async function takeNewVersion(error: unknown, asked: boolean): Promise<void> {
  if (!(error instanceof ApiError) || error.code !== "part" || !parts.some((part) => part.preload)) return;
  const before = Number(sessionStorage.getItem(RELOADED_KEY) ?? 0);
  const mayReload = () => asked || (!isBusy() && Date.now() - before > RELOAD_AGAIN_MS);
  if (!mayReload() || !(await serverAnswers()) || !mayReload()) return;
  sessionStorage.setItem(RELOADED_KEY, String(Date.now()));
  await takeNewest(true);
}
