import { BUILT, SHELL_STAMP, VERSION } from "./built";

/** The page itself, kept whole: all of one version or none of it. */
const PREFIX = "basedmusic-page-";
const NAME = `${PREFIX}${VERSION}-${SHELL_STAMP}`;
/** The document without anything of a particular page in it. */
const SHELL = "/shell";
/** So many at a time: HTTP/1.1 has six connections, and the page may want some. */
const LANES = 2;

/** Fetches what is missing of this version. Rejects if one file can't be had: the version is then not installed. */
export async function keepPage(): Promise<void> {
  const cache = await caches.open(NAME);
  await cache.put(SHELL, await fetchShell());
  const missing = [...BUILT];
  const lane = async () => {
    for (let path = missing.pop(); path !== undefined; path = missing.pop()) await keepFile(cache, path);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

export async function forgetOtherVersions(): Promise<void> {
  const others = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== NAME);
  await Promise.all(others.map((name) => caches.delete(name)));
}

/** The kept document, whatever page is asked for; over the network only if it was lost. */
export async function pageFor(request: Request): Promise<Response> {
  return (await kept(SHELL)) ?? fetch(request);
}

/** The server's answer; the kept document when there is no connection. */
export async function elsewhereFor(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    const shell = await kept(SHELL);
    if (shell) return shell;
    throw error;
  }
}

/** A file of the page by its name, which has its content's hash in it. */
export async function builtFor(request: Request): Promise<Response> {
  return (await kept(request.url)) ?? fetch(request);
}

async function keepFile(cache: Cache, path: string): Promise<void> {
  if (await cache.match(path, { ignoreVary: true })) return;
  // Whatever another version or the browser's own cache has under this name is the same.
  const answer = (await caches.match(path, { ignoreVary: true })) ?? (await fetch(path));
  if (!answer.ok || answer.redirected || !isOfItsKind(path, answer)) throw new Error(`${path}: ${answer.status}`);
  await cache.put(path, answer);
}

async function fetchShell(): Promise<Response> {
  const answer = await fetch(SHELL, { cache: "reload" });
  const html = await answer.clone().text();
  const named = [...html.matchAll(/"(\/assets\/[^"]+)"/g)].map(([, path]) => path!);
  // While a server is being replaced, its document may be of another version than this worker.
  if (!answer.ok || !named.length || !named.every((path) => BUILT.includes(path))) throw new Error("another version's shell");
  return answer;
}

/** Not a hotel's sign-in page under the name of a script. */
function isOfItsKind(path: string, answer: Response): boolean {
  const kind = answer.headers.get("content-type") ?? "";
  if (path.endsWith(".js")) return kind.includes("javascript");
  return !kind.includes("html");
}

/** Storage can be lost or refused at any time; the network is there for that. */
async function kept(address: string): Promise<Response | undefined> {
  try {
    return await (await caches.open(NAME)).match(address, { ignoreVary: true });
  } catch {
    return undefined;
  }
}
