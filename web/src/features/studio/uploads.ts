import { allowancesAreStale } from "../../api/allowances";
import { ApiError, newKey, wordsOf } from "../../api/client";
import { isConnected, onConnection } from "../../api/connection";
import { MINE, placeMine } from "../../api/mine";
import { queryClient } from "../../api/queryClient";
import type { Track } from "../../api/types";
import { uploadTrack } from "../../api/upload";
import { shownElsewhereIsStale } from "../../api/works";
import { busyWhile } from "../../lib/busy";
import { t } from "../../lib/messages";
import { short } from "../../lib/short";
import { createStore } from "../../lib/store";
import { say } from "../../ui/said";
import { nextPace, paceFrom, type Pace } from "./pace";

/** Two files at once fill a home's upstream; more would only make each one slower. */
const AT_ONCE = 2;

/** Signed out, timed out, too many at once: the same file may pass later. */
const RETRIABLE = new Set([401, 408, 429]);

/** Refusals that only another file can answer. */
const OTHER_FILE = /^(empty_file|unknown_format|unsupported_.+|.*not_audio|no_audio_track)$/;

/** `away`: the connection is gone; it goes on by itself when that is back. */
export type UploadPhase = "waiting" | "sending" | "reading" | "away" | "done" | "failed";

/** Where what is uploaded goes. */
export interface Destination {
  readonly artistId: string;
  readonly releaseId: string | null;
  readonly publish: boolean;
}

export interface Upload extends Destination {
  readonly key: string;
  readonly file: File;
  readonly phase: UploadPhase;
  /** Bytes sent, 0–1. */
  readonly sent: number;
  readonly pace: Pace | null;
  readonly error: string | null;
  /** Whether sending the same file again can help: not when the file itself was refused. */
  readonly retriable: boolean;
  readonly track: Track | null;
}

/** What is on its way, apart from any page: uploads go on while people walk about. */
export const uploads = createStore<{ list: readonly Upload[] }>({ list: [] });
const aborts = new Map<string, AbortController>();

export function addUploads(files: Iterable<File>, to: Destination): void {
  const fresh = Array.from(files, (file) => newUpload(file, to));
  uploads.set((now) => ({ list: [...now.list, ...fresh] }));
  sendNext();
}

/** Sends again under the same key: if the first try did arrive, it stays one track. */
export function retryUpload(key: string): void {
  change(key, { phase: "waiting", sent: 0, pace: null, error: null });
  sendNext();
}

/** Stops a file that is being sent, or takes a finished one off the list. */
export function dropUpload(key: string): void {
  const dropped = find(key);
  aborts.get(key)?.abort();
  keepOnly((one) => one.key !== key);
  // Its last byte had left: the server may have made a track of it all the same.
  if (dropped?.phase === "reading") void queryClient.invalidateQueries({ queryKey: MINE });
  sendNext();
}

export const dropFinished = (): void => keepOnly((one) => one.phase !== "done");

/** Its track was deleted: nothing is left to say about it. */
export const forgetUploadOf = (trackId: string): void => keepOnly((one) => one.track?.id !== trackId);

export const isGoing = ({ phase }: Upload): boolean => phase !== "done" && phase !== "failed";

function newUpload(file: File, to: Destination): Upload {
  const fresh = { phase: "waiting", sent: 0, pace: null, error: null, retriable: false, track: null } as const;
  return { key: newKey(), file, ...to, ...fresh };
}

function sendNext(): void {
  if (!isConnected()) return pause();
  const { list } = uploads.get();
  const busy = list.filter((one) => one.phase === "sending" || one.phase === "reading").length;
  list
    .filter((one) => one.phase === "waiting")
    .slice(0, Math.max(0, AT_ONCE - busy))
    .forEach((one) => void send(one));
}

/** Nothing leaves any more: what was under way begins again, under its own key, when the connection is back. */
function pause(): void {
  for (const { key, phase } of uploads.get().list) {
    if (phase !== "waiting" && phase !== "sending" && phase !== "reading") continue;
    change(key, { phase: "away", pace: null });
    aborts.get(key)?.abort();
  }
}

function goOn(): void {
  for (const { key, phase } of uploads.get().list) {
    if (phase === "away") change(key, { phase: "waiting", sent: 0 });
  }
  sendNext();
}

async function send(upload: Upload): Promise<void> {
  const { key, file } = upload;
  const abort = new AbortController();
  aborts.set(key, abort);
  change(key, { phase: "sending", pace: paceFrom(0, performance.now()) });
  const onSent = (sent: number) => {
    const pace = nextPace(find(key)?.pace ?? paceFrom(0, 0), sent * file.size, performance.now());
    if (!abort.signal.aborted) change(key, { sent, pace, phase: sent < 1 ? "sending" : "reading" });
  };
  try {
    arrived(key, await uploadTrack(upload, onSent, abort.signal));
  } catch (error) {
    if (!abort.signal.aborted) failed(key, error);
  } finally {
    void allowancesAreStale();
    if (aborts.get(key) === abort) aborts.delete(key);
    sendNext();
  }
}

function arrived(key: string, track: Track): void {
  placeMine(track);
  change(key, { phase: "done", track });
  void shownElsewhereIsStale();
  if (!inStudio()) say(t("upload.saidDone", { title: short(track.title) }));
}

function failed(key: string, error: unknown): void {
  if (isNetwork(error) && !isConnected()) return change(key, { phase: "away", pace: null });
  const upload = find(key);
  const refusal = { phase: "failed", error: wordsFor(error, upload?.sent ?? 0), retriable: mayPass(error) } as const;
  change(key, refusal);
  // No more go for now: the others need not be sent to learn it.
  if (error instanceof ApiError && error.code === "limit_reached") {
    for (const one of uploads.get().list) if (one.phase === "waiting") change(one.key, refusal);
  }
  if (!inStudio() && upload) say(t("upload.saidFailed", { name: short(upload.file.name) }));
}

/** There it stands in the list itself. */
const inStudio = (): boolean => location.pathname === "/studio";

function wordsFor(error: unknown, sent: number): string {
  if (isNetwork(error)) return t("upload.dropped", { percent: Math.floor(sent * 100) });
  const isOther = error instanceof ApiError && OTHER_FILE.test(error.code);
  const next = isOther ? t("upload.otherFile") : mayPass(error) ? t("upload.safe") : null;
  return [wordsOf(error).replace(/[^.?]$/, "$&."), next].filter(Boolean).join(" ");
}

const isNetwork = (error: unknown): boolean => error instanceof ApiError && error.code === "network";

function mayPass(error: unknown): boolean {
  return !(error instanceof ApiError) || error.status === 0 || error.status >= 500 || RETRIABLE.has(error.status);
}

const find = (key: string): Upload | undefined => uploads.get().list.find((one) => one.key === key);

function keepOnly(stays: (upload: Upload) => boolean): void {
  uploads.set((now) => ({ list: now.list.filter(stays) }));
}

function change(key: string, patch: Partial<Upload>): void {
  uploads.set((now) => ({ list: now.list.map((one) => (one.key === key ? { ...one, ...patch } : one)) }));
}

onConnection((connected) => (connected ? goOn() : pause()));

// Leaving the site would cut off what is being sent: the browser asks first.
const goes = () => uploads.get().list.some(isGoing);
window.addEventListener("beforeunload", (event) => {
  if (goes()) event.preventDefault();
});
busyWhile(goes);
