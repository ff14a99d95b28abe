/**
 * Answers on this device, in IndexedDB: what one owner saw, and never two owners' at once. Storage may be off, full
 * or gone (private windows, a cleared browser): then nothing is found, nothing is kept, and nothing fails.
 */
export interface KeptAnswer {
  /** TanStack Query's hash of the key. */
  hash: string;
  key: readonly unknown[];
  data: unknown;
  /** When the server said so, in ms. */
  at: number;
}

const DATABASE = "basedmusic-kept";
const ANSWERS = "answers";
const OWNER = "owner";
/** Some 2 MB as a rule; the oldest go first. */
const MOST = 400;
const LONGEST_MS = 30 * 24 * 3600_000;

let connection: Promise<IDBDatabase | null> | null = null;

export async function findAnswer(owner: string, hash: string): Promise<KeptAnswer | null> {
  const found = await attempt(owner, "readonly", ({ answers }) => answers.get(hash));
  const answer = found as KeptAnswer | undefined;
  return answer && Date.now() - answer.at < LONGEST_MS ? answer : null;
}

/** The last seen first. */
export async function listAnswers(owner: string): Promise<KeptAnswer[]> {
  const found = await attempt(owner, "readonly", ({ answers }) => answers.index("at").getAll());
  return ((found as KeptAnswer[] | undefined) ?? []).toReversed();
}

export async function keepAnswers(owner: string, kept: readonly KeptAnswer[]): Promise<void> {
  await attempt(owner, "readwrite", ({ answers }) => {
    for (const answer of kept) put(answers, answer);
    answers.count().onsuccess = ({ target }) => dropOldest(answers, (target as IDBRequest<number>).result - MOST);
  });
}

export async function dropAnswer(owner: string, hash: string): Promise<void> {
  await attempt(owner, "readwrite", ({ answers }) => answers.delete(hash));
}

/**
 * Wipes what anyone else left: when somebody signs in or out, and whenever a page begins. Resolves to whose it was,
 * or null if nobody else's.
 */
export async function keepOnlyFor(owner: string): Promise<string | null> {
  const database = await (connection ??= connect());
  if (!database) return null;
  return new Promise<string | null>((done) => {
    const change = database.transaction([ANSWERS, OWNER], "readwrite");
    let before: string | null = null;
    change.oncomplete = () => done(before);
    change.onabort = () => done(null);
    const owners = change.objectStore(OWNER);
    owners.get(OWNER).onsuccess = ({ target }) => {
      const found = (target as IDBRequest<string | undefined>).result;
      if (found === owner) return;
      before = found ?? null;
      change.objectStore(ANSWERS).clear();
      owners.put(owner, OWNER);
    };
  }).catch(() => null);
}

/** What can't be written (a component among the data) is not kept; it must not take the others along. */
function put(answers: IDBObjectStore, answer: KeptAnswer): void {
  try {
    answers.put(answer);
  } catch (error) {
    if (!(error instanceof DOMException) || error.name !== "DataCloneError") throw error;
  }
}

function dropOldest(answers: IDBObjectStore, count: number): void {
  if (count <= 0) return;
  let left = count;
  answers.index("at").openKeyCursor().onsuccess = ({ target }) => {
    const cursor = (target as IDBRequest<IDBCursor | null>).result;
    if (!cursor || left-- <= 0) return;
    answers.delete(cursor.primaryKey);
    cursor.continue();
  };
}

/** Runs inside one transaction, if the answers are this owner's in that very moment; else, and on failure, nothing. */
async function attempt(
  owner: string,
  mode: IDBTransactionMode,
  work: (stores: { answers: IDBObjectStore }) => IDBRequest | void,
): Promise<unknown> {
  try {
    const database = await (connection ??= connect());
    if (!database) return undefined;
    return await new Promise<unknown>((done) => {
      const change = database.transaction([ANSWERS, OWNER], mode);
      let request: IDBRequest | void;
      change.oncomplete = () => done(request?.result);
      change.onabort = () => done(undefined);
      change.objectStore(OWNER).get(OWNER).onsuccess = ({ target }) => {
        const isTheirs = (target as IDBRequest<unknown>).result === owner;
        if (isTheirs) request = work({ answers: change.objectStore(ANSWERS) });
      };
    });
  } catch {
    connection = null; // closed under us: the next one opens it again
    return undefined;
  }
}

function connect(): Promise<IDBDatabase | null> {
  return new Promise((done) => {
    try {
      const request = indexedDB.open(DATABASE, 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore(ANSWERS, { keyPath: "hash" }).createIndex("at", "at");
        request.result.createObjectStore(OWNER);
      };
      request.onsuccess = () => {
        request.result.onversionchange = () => request.result.close();
        done(request.result);
      };
      request.onerror = request.onblocked = () => done(null);
    } catch {
      done(null);
    }
  });
}
