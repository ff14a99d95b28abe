import { accountChanged, apiPath, networkError, refusal } from "./client";
import { noteAnswer, serverAnswers } from "./connection";
import { isAnothers } from "./owner";
import type { Track } from "./types";

export interface TrackUpload {
  file: File;
  artistId: string;
  /** The release that it goes to the end of. */
  releaseId: string | null;
  publish: boolean;
  /** Kept over retries, so that a file sent twice is one track. */
  key: string;
}

/**
 * Sends a file as `POST /tracks` (multipart). XMLHttpRequest, since fetch can't tell how far it is.
 * `onSent` gets the fraction of bytes sent, 0–1. Raises `ApiError`; an abort rejects with `AbortError`.
 */
export function uploadTrack(
  upload: TrackUpload,
  onSent: (fraction: number) => void,
  signal: AbortSignal,
): Promise<Track> {
  if (isAnothers()) return Promise.reject(accountChanged());
  return new Promise((resolve, reject) => {
    const form = new FormData();
    // The fields come before the file: the server can refuse before the bytes have travelled.
    form.set("artist_id", upload.artistId);
    if (upload.releaseId) form.set("release_id", upload.releaseId);
    form.set("publish", String(upload.publish));
    form.set("file", upload.file, upload.file.name);

    const wire = new XMLHttpRequest();
    wire.open("POST", apiPath("/tracks"));
    wire.setRequestHeader("Accept", "application/json");
    wire.setRequestHeader("Idempotency-Key", upload.key);
    wire.upload.onprogress = (event) => {
      if (event.lengthComputable) onSent(event.loaded / event.total);
    };
    wire.upload.onload = () => onSent(1);
    // Whether it was this file alone or nothing gets through decides what becomes of the others.
    wire.onerror = () => void serverAnswers().then(() => reject(networkError()));
    wire.onabort = () => reject(new DOMException("Stopped", "AbortError"));
    wire.onload = () => {
      noteAnswer();
      if (wire.status >= 200 && wire.status < 300) resolve(JSON.parse(wire.responseText) as Track);
      else reject(refusal(wire.status, wire.responseText));
    };
    signal.addEventListener("abort", () => wire.abort(), { once: true });
    wire.send(form);
  });
}
