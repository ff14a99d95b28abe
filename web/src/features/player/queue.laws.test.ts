import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { randomFrom } from "../../lib/hash";
import * as queues from "./queue";
import type { Queue } from "./queue";

/** Few different ids, so that the same track often stands in the queue twice. */
const id = fc.constantFrom("a", "b", "c", "d", "e");
const change = fc.oneof(
  fc.record({ what: fc.constant("append" as const), ids: fc.array(id, { maxLength: 4 }) }),
  fc.record({ what: fc.constant("next" as const), ids: fc.array(id, { maxLength: 4 }) }),
  fc.record({ what: fc.constant("remove" as const), at: fc.nat(12) }),
  fc.record({ what: fc.constant("move" as const), at: fc.nat(12), to: fc.nat(12) }),
  fc.record({ what: fc.constant("jump" as const), at: fc.nat(12) }),
  fc.record({ what: fc.constant("shuffle" as const), seed: fc.nat() }),
  fc.record({ what: fc.constant("unshuffle" as const) }),
);
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

function changed(queue: Queue, by: Change): Queue {
  switch (by.what) {
    case "append":
      return queues.append(queue, by.ids);
    case "next":
      return queues.insertNext(queue, by.ids);
    case "remove":
      return queues.removeAt(queue, by.at);
    case "move":
      return queues.move(queue, by.at, by.to);
    case "jump":
      return queues.jumpTo(queue, by.at);
    case "shuffle":
      return queues.shuffle(queue, randomFrom(by.seed));
    case "unshuffle":
      return queues.unshuffle(queue);
  }
}

/** Any queue that a person may come to have. */
const queue = fc
  .tuple(fc.array(id, { maxLength: 10 }), fc.nat(12), fc.array(change, { maxLength: 8 }))
  .map(([ids, index, changes]) => changes.reduce(changed, queues.startWith(ids, index)));
const filled = queue.filter((one) => one.index >= 0);

const sorted = <T>(list: readonly T[]) => [...list].sort();

/** Every entry apart, though its id may stand there twice: `a`, `a` become `a#3`, `a#5`. */
const marked = (one: Queue): Queue => ({ ...one, ids: one.ids.map((each, place) => `${each}#${place}`) });

const holds = <T>(of: fc.Arbitrary<T>, law: (value: T) => void) => fc.assert(fc.property(of, law), { numRuns: 500 });

describe("laws of the queue", () => {
  test("whatever is done, the index is a place of it and the homes are all places, each once", () => {
    holds(queue, ({ ids, index, home }) => {
      expect(ids.length ? index >= 0 && index < ids.length : index === -1).toBe(true);
      if (home) expect([...home].sort((a, b) => a - b)).toEqual(ids.map((_, place) => place));
    });
  });
  test("shuffling loses nothing, adds nothing, and puts the current track first", () => {
    holds(fc.tuple(filled, fc.nat()), ([before, seed]) => {
      const plain = queues.unshuffle(before);
      const after = queues.shuffle(marked(plain), randomFrom(seed));
      expect(sorted(after.ids)).toEqual(sorted(marked(plain).ids));
      expect(after.index).toBe(0);
      expect(queues.currentId(after)).toBe(queues.currentId(marked(plain)));
    });
  });
  test("the same seed shuffles the same way", () => {
    holds(fc.tuple(filled, fc.nat()), ([one, seed]) => {
      expect(queues.shuffle(one, randomFrom(seed))).toEqual(queues.shuffle(one, randomFrom(seed)));
    });
  });
  test("un-shuffling restores the very order and the current track, wherever one has gone meanwhile", () => {
    holds(fc.tuple(filled, fc.nat(), fc.nat(12)), ([before, seed, place]) => {
      const plain = marked(queues.unshuffle(before));
      const after = queues.jumpTo(queues.shuffle(plain, randomFrom(seed)), place);
      const back = queues.unshuffle(after);
      expect(back.ids).toEqual(plain.ids);
      expect(queues.currentId(back)).toBe(queues.currentId(after));
      expect(back.home).toBeNull();
    });
  });
  test("moving keeps the current entry and takes the moved one where it was sent", () => {
    holds(fc.tuple(filled, fc.nat(12), fc.nat(12)), ([one, from, to]) => {
      const before = marked(one);
      const after = queues.move(before, from, to);
      expect(queues.currentId(after)).toBe(queues.currentId(before));
      expect(sorted(after.ids)).toEqual(sorted(before.ids));
      if (from < one.ids.length && to < one.ids.length) expect(after.ids[to]).toBe(before.ids[from]);
    });
  });
  test("moving there and back changes nothing", () => {
    holds(fc.tuple(filled, fc.nat(9), fc.nat(9)), ([one, from, to]) => {
      fc.pre(from < one.ids.length && to < one.ids.length);
      expect(queues.move(queues.move(one, from, to), to, from)).toEqual(one);
    });
  });
  test("moving in a shuffled queue does not touch the order to come back to", () => {
    holds(fc.tuple(filled, fc.nat(), fc.nat(12), fc.nat(12)), ([one, seed, from, to]) => {
      const shuffled = queues.shuffle(queues.unshuffle(one), randomFrom(seed));
      expect(queues.unshuffle(queues.move(shuffled, from, to)).ids).toEqual(queues.unshuffle(shuffled).ids);
    });
  });
  test("removing another than the current keeps the current entry; removing it lets the next take over", () => {
    holds(fc.tuple(filled, fc.nat(9)), ([one, place]) => {
      fc.pre(place < one.ids.length);
      const before = marked(one);
      const after = queues.removeAt(before, place);
      expect(after.ids).toEqual(before.ids.filter((_, at) => at !== place));
      const follower = before.ids[place + 1] ?? before.ids[place - 1] ?? null;
      expect(queues.currentId(after)).toBe(place === before.index ? follower : queues.currentId(before));
    });
  });
  test("what was removed and put back stands where it stood, in both orders", () => {
    holds(fc.tuple(filled, fc.nat(9)), ([one, place]) => {
      fc.pre(place < one.ids.length && place !== one.index && one.ids.length > 1);
      const before = marked(one);
      const back = queues.putBack(queues.removeAt(before, place), queues.removedAt(before, place)!);
      expect(back).toEqual(before);
    });
  });
  test("what is added next follows the current track, shuffled or not", () => {
    holds(fc.tuple(filled, fc.array(id, { minLength: 1, maxLength: 3 })), ([one, added]) => {
      const after = queues.insertNext(one, added);
      expect(queues.currentId(after)).toBe(queues.currentId(one));
      expect(after.ids.slice(one.index + 1, one.index + 1 + added.length)).toEqual(added);
      const plain = queues.unshuffle(after);
      expect(plain.ids.slice(plain.index + 1, plain.index + 1 + added.length)).toEqual(added);
    });
  });
  test("going on and on through a repeated queue visits every place once a round", () => {
    holds(filled, (one) => {
      const visited = new Set<number>();
      let at = one;
      for (let step = 0; step < one.ids.length; step++) {
        visited.add(at.index);
        at = queues.jumpTo(at, queues.following(at, "all")!);
      }
      expect(visited.size).toBe(one.ids.length);
      expect(at.index).toBe(one.index);
    });
  });
});
