import { t, tMaybe } from "../lib/messages";
import { noteAnswer, noteSilence } from "./connection";
import { isAnothers } from "./owner";
import type { Problem } from "./types";

const API = "/api/v1";

/** A refusal of the server's (RFC 9457), or `code: "network"` with status 0 when it did not answer. */
export class ApiError extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    message: string,
    readonly problem: Problem | null = null,
  ) {
    super(message);
    this.name = "ApiError";
  }
}

interface Options {
  body?: unknown;
  query?: Record<string, string | number | boolean | null | undefined>;
  headers?: Record<string, string>;
  signal?: AbortSignal | undefined;
  /** Send the same key again to repeat a creating request without a second effect. */
  idempotencyKey?: string;
}

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** One JSON request with the session's cookie. Raises `ApiError`; an abort stays a `DOMException`. */
export async function request<T>(method: Method, path: string, options: Options = {}): Promise<T> {
  if (method !== "GET" && isAnothers()) throw accountChanged();
  const headers: Record<string, string> = { Accept: "application/json", ...options.headers };
  if (options.body !== undefined) headers["Content-Type"] = "application/json";
  if (options.idempotencyKey) headers["Idempotency-Key"] = options.idempotencyKey;
  const answer = await fetch(apiPath(path, options.query), {
    method,
    headers,
    credentials: "same-origin",
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    ...(options.signal ? { signal: options.signal } : {}),
  }).catch((error: unknown) => {
    if (isAbort(error)) throw error;
    noteSilence();
    throw networkError();
  });
  noteAnswer();
  const text = await answer.text().catch((error: unknown) => {
    throw isAbort(error) ? error : networkError();
  });
  if (!answer.ok) throw refusal(answer.status, text);
  return (text ? JSON.parse(text) : undefined) as T;
}

export function apiPath(path: string, query: Options["query"] = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined) search.set(name, String(value));
  }
  const tail = search.toString();
  return `${API}${path}${tail ? `?${tail}` : ""}`;
}

/** The error for an answer that is not 2xx; a body that is no problem document still gives words. */
export function refusal(status: number, body: string): ApiError {
  const problem = parseProblem(body);
  const code = problem?.code ?? (status >= 500 ? "internal" : "unknown");
  return new ApiError(code, status, wordsFor(code, problem), problem);
}

export function networkError(): ApiError {
  return new ApiError("network", 0, t("error.network"));
}

/** Whether it is not there for this viewer, now or any more. Signed out or asked too often, it may well be. */
export const isGone = (error: unknown): boolean => error instanceof ApiError && [403, 404, 410].includes(error.status);

/** Another window has signed out, or in as somebody else: nothing is done in their name. */
export function accountChanged(): ApiError {
  return new ApiError("account_changed", 409, t("error.account_changed"));
}

/** What a person reads for anything that was thrown. */
export function wordsOf(error: unknown): string {
  return error instanceof ApiError ? error.message : t("error.unknown");
}

/** The words for one field of a form, if the server named it. */
export function fieldError(error: unknown, field: string): string | null {
  if (!(error instanceof ApiError) || !error.problem) return null;
  const named = error.problem.errors?.find((one) => one.field === field);
  return named?.detail ?? (error.problem.field === field ? error.message : null);
}

export function newKey(): string {
  // randomUUID is missing on plain http beyond localhost, where a scene may well be tried.
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}

function wordsFor(code: string, problem: Problem | null): string {
  if (code === "too_many_requests") return t("error.tooMany", { seconds: problem?.retry_after_s ?? 30 });
  return tMaybe(`error.${code}`) ?? problem?.detail ?? t("error.unknown");
}

function parseProblem(body: string): Problem | null {
  try {
    const value: unknown = JSON.parse(body);
    const isProblem = typeof value === "object" && value !== null && "code" in value && "detail" in value;
    return isProblem ? (value as Problem) : null;
  } catch {
    return null;
  }
}

function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}
