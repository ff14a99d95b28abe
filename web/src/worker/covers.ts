/** Pictures that were seen. Named by their content, so a kept one is never old. `app/kept.ts` wipes them. */
const NAME = "basedmusic-covers";
/** Some 20 KB each in the usual size. */
const MOST = 300;

/** Paths from the longest unused to the last used; read from the cache, which keeps the order of putting. */
let order: Set<string> | null = null;

export async function coverFor(request: Request, alive: (work: Promise<unknown>) => void): Promise<Response> {
  const cache = await caches.open(NAME).catch(() => null);
  const known = await cache?.match(request).catch(() => undefined);
  if (cache && known) {
    alive(touch(cache, request.url, known.clone()).catch(() => {}));
    return known;
  }
  const answer = await fetch(request);
  if (cache && answer.ok && answer.status === 200) alive(keep(cache, request.url, answer.clone()).catch(() => {}));
  return answer;
}

async function keep(cache: Cache, url: string, answer: Response): Promise<void> {
  const known = await orderOf(cache);
  await cache.put(url, answer);
  known.delete(url);
  known.add(url);
  for (const oldest of known) {
    if (known.size <= MOST) break;
    known.delete(oldest);
    await cache.delete(oldest);
  }
}

/** Puts again what is about to be the oldest, so that its place outlives this worker; a write each time would wear. */
async function touch(cache: Cache, url: string, answer: Response): Promise<void> {
  const known = await orderOf(cache);
  const place = [...known].indexOf(url);
  if (place < 0 || place < Math.min(known.size, MOST) / 2) await keep(cache, url, answer);
}

async function orderOf(cache: Cache): Promise<Set<string>> {
  order ??= new Set((await cache.keys()).map((request) => request.url));
  return order;
}
