import { ApiError, newKey, wordsOf } from "../../api/client";
import { rememberTrack } from "../../api/queries";
import { queryClient } from "../../api/queryClient";
import type { Track } from "../../api/types";
import { uploadTrack } from "../../api/upload";
import { busyWhile } from "../../lib/busy";
import { t } from "../../lib/messages";
import { createStore } from "../../lib/store";

/** Two files at once fill a home's upstream; more would only make each one slower. */
const AT_ONCE = 2;

/** Signed out, timed out, too many at once: the same file may pass later. */
const RETRIABLE = new Set([401, 408, 429]);

/** Refusals that only another file can answer. */
const OTHER_FILE = /^(empty_file|unknown_format|unsupported_.+|.*not_audio|no_audio_track)$/;

export type UploadPhase = "waiting" | "sending" | "reading" | "done" | "failed";

export interface Upload {
  readonly key: string;
  readonly file: File;
  readonly artistId: string;
  readonly publish: boolean;
  readonly phase: UploadPhase;
  /** Bytes sent, 0–1. */
  readonly sent: number;
  readonly error: string | null;
  /** Whether sending the same file again can help: not when the file itself was refused. */
  readonly retriable: boolean;
  readonly track: Track | null;
}

/** What is on its way, apart from any page: uploads go on while people walk about. */
export const uploads = createStore<{ list: readonly Upload[] }>({ list: [] });
const aborts = new Map<string, AbortController>();

export function addUploads(files: Iterable<File>, artistId: string, publish: boolean): void {
  const fresh = Array.from(files, (file) => newUpload(file, artistId, publish));
  uploads.set((now) => ({ list: [...now.list, ...fresh] }));
  sendNext();
}

/** Sends again under the same key: if the first try did arrive, it stays one track. */
export function retryUpload(key: string): void {
  change(key, { phase: "waiting", sent: 0, error: null });
  sendNext();
}

/** Stops a file that is being sent, or takes a finished one off the list. */
export function dropUpload(key: string): void {
  aborts.get(key)?.abort();
  uploads.set((now) => ({ list: now.list.filter((one) => one.key !== key) }));
  sendNext();
}

/** Its track was deleted: nothing is left to say about it. */
export function forgetUploadOf(trackId: string): void {
  uploads.set((now) => ({ list: now.list.filter((one) => one.track?.id !== trackId) }));
}

function newUpload(file: File, artistId: string, publish: boolean): Upload {
  const fresh = { phase: "waiting", sent: 0, error: null, retriable: false, track: null } as const;
  return { key: newKey(), file, artistId, publish, ...fresh };
}

function sendNext(): void {
  const { list } = uploads.get();
  const busy = list.filter((one) => one.phase === "sending" || one.phase === "reading").length;
  list
    .filter((one) => one.phase === "waiting")
    .slice(0, Math.max(0, AT_ONCE - busy))
    .forEach((one) => void send(one));
}

async function send(upload: Upload): Promise<void> {
  const { key } = upload;
  const abort = new AbortController();
  aborts.set(key, abort);
  change(key, { phase: "sending" });
  try {
    const onSent = (sent: number) => change(key, { sent, phase: sent < 1 ? "sending" : "reading" });
    const track = await uploadTrack(upload, onSent, abort.signal);
    rememberTrack(track);
    change(key, { phase: "done", track });
    void queryClient.invalidateQueries({ queryKey: ["tracks"] });
  } catch (error) {
    change(key, { phase: "failed", error: wordsFor(error, sentOf(key)), retriable: mayPass(error) });
  } finally {
    aborts.delete(key);
    sendNext();
  }
}

function wordsFor(error: unknown, sent: number): string {
  if (error instanceof ApiError && error.code === "network") {
    return t("upload.dropped", { percent: Math.floor(sent * 100) });
  }
  const isOther = error instanceof ApiError && OTHER_FILE.test(error.code);
  return isOther ? `${wordsOf(error)} ${t("upload.otherFile")}` : wordsOf(error);
}

function mayPass(error: unknown): boolean {
  return !(error instanceof ApiError) || error.status === 0 || error.status >= 500 || RETRIABLE.has(error.status);
}

const sentOf = (key: string): number => uploads.get().list.find((one) => one.key === key)?.sent ?? 0;

function change(key: string, patch: Partial<Upload>): void {
  uploads.set((now) => ({ list: now.list.map((one) => (one.key === key ? { ...one, ...patch } : one)) }));
}

// Leaving the site would cut off what is being sent: the browser asks first.
const sends = () => uploads.get().list.some((one) => one.phase === "sending" || one.phase === "waiting");
window.addEventListener("beforeunload", (event) => {
  if (sends()) event.preventDefault();
});
busyWhile(sends);
