import { queryOptions } from "@tanstack/react-query";
import { useEffect } from "react";
import { asSomeoneElse } from "./actions";
import { apiPath, request } from "./client";
import { queryClient } from "./queryClient";
import type { Erasure, ErasurePreview, Export, ExportState } from "./types";

/** A person's data: taken along, or erased. Nothing of it is kept on the device. */

/** A hint may be lost; what is being put together is asked for again this often, in ms. */
const FALLBACK_MS = 5_000;

export const exportQuery = queryOptions({
  queryKey: ["export"],
  meta: { kept: false },
  queryFn: ({ signal }) => request<ExportState>("GET", "/me/export", { signal }),
});

/** What would become of the profiles that nobody else owns. */
export const erasureQuery = queryOptions({
  queryKey: ["erasure"],
  meta: { kept: false },
  queryFn: ({ signal }) => request<ErasurePreview>("GET", "/me/erasure", { signal }),
});

/** `key` is the press's own, so that one sent twice counts once. */
export async function askForExport(key: string): Promise<void> {
  await request<Export>("POST", "/me/export", { idempotencyKey: key });
  await queryClient.invalidateQueries({ queryKey: exportQuery.queryKey });
}

/** Keeps an export fresh while the server puts it together; `null`: there is none under way. */
export function useExportHints(id: string | null): void {
  useEffect(() => {
    if (id === null) return;
    const source = new EventSource(`${apiPath("/events")}?topic=export:${encodeURIComponent(id)}`);
    const again = () => void queryClient.invalidateQueries({ queryKey: exportQuery.queryKey });
    source.addEventListener("ready", again);
    source.addEventListener("changed", again);
    const timer = setInterval(again, FALLBACK_MS);
    return () => {
      clearInterval(timer);
      source.close();
    };
  }, [id]);
}

/** Where an archive is fetched by whoever holds its link. */
export const archivePath = (token: string): string => apiPath(`/exports/${token}`);

/** Signed out everywhere from now on. Refused as `wrong_password` (field `password`) or `last_admin`. */
export async function askForErasure(password: string): Promise<Erasure> {
  const asked = await request<Erasure>("POST", "/me/erasure", { body: { password } });
  await asSomeoneElse();
  return asked;
}

export async function keepAccount(email: string, password: string): Promise<void> {
  await request<void>("POST", "/accounts/keep", { body: { email, password } });
}

export async function keepAccountByLink(token: string): Promise<void> {
  await request<void>("POST", "/accounts/keep/link", { body: { token } });
}
