import { useId, useLayoutEffect, useRef, useState, type KeyboardEvent } from "react";
import { t } from "../../lib/messages";
import { short } from "../../lib/short";
import { useTracksInView } from "./batches";
import * as player from "./player";
import type { Queue } from "./queue";
import styles from "./Queue.module.css";
import { QueueRow, RowFace, type Part } from "./QueueRow";
import { say } from "../../ui/said";
import { knownTrack } from "./tracks";
import { useDrag, type Drag } from "./useDrag";
import { useWindow } from "./useWindow";
import "./words";

const ROW_HEIGHT = 60;

interface Grabbed {
  place: number;
  /** Where it goes back to at Escape. */
  origin: number;
  title: string;
}

/** The queue, of which only the rows in sight are in the page; one of them is the stop of the Tab key. */
export function QueueList({ queue, sounding }: { queue: Queue; sounding: boolean }) {
  const { ids, index } = queue;
  const rows = useWindow(ids.length, ROW_HEIGHT, index);
  const { drag, lifted, onPointerDown, wasDragged } = useDrag(rows.box, ids.length, ROW_HEIGHT, drop);
  const [grabbed, setGrabbed] = useState<Grabbed | null>(null);
  const [active, setActive] = useState(index);
  const [told, setTold] = useState("");
  const focusNext = useRef<Part | null>(null);
  const instructions = useId();
  useTracksInView(ids, rows.from, rows.to);
  const reached = Math.min(Math.max(active, rows.firstSeen), rows.lastSeen);

  useLayoutEffect(() => {
    const part = focusNext.current;
    focusNext.current = null;
    if (part) rows.box.current?.querySelector<HTMLElement>(`[data-place="${active}"] [data-part="${part}"]`)?.focus();
  });

  function goTo(place: number, part: Part) {
    const to = Math.min(Math.max(place, 0), ids.length - 1);
    setActive(to);
    rows.reveal(to);
    focusNext.current = part;
  }
  function drop({ from, to }: Drag) {
    const undo = player.moveInQueue(from, to);
    setActive(to);
    sayMoved(knownTrack(ids[from]!)?.title ?? t("queue.missing"), to, undo);
  }
  function sayMoved(title: string, place: number, undo: player.Undo) {
    say(t("queue.moved", { title: short(title), place: place + 1 }), { undo });
  }
  function grab(place: number, title: string) {
    if (wasDragged()) return;
    if (grabbed) letGo("queue.dropped");
    else {
      setGrabbed({ place, origin: place, title });
      setActive(place);
      setTold(t("queue.grabbed", { title, place: place + 1, count: ids.length }));
    }
  }
  function letGo(words: "queue.dropped" | "queue.putBack") {
    if (!grabbed) return;
    const { title, place, origin } = grabbed;
    setGrabbed(null);
    if (words === "queue.dropped" && place !== origin) {
      setTold("");
      sayMoved(title, place, player.undoOfMove(place, origin));
    } else setTold(t(words, { title, place: (words === "queue.putBack" ? origin : place) + 1 }));
  }
  function carry(to: number, part: Part) {
    if (!grabbed || to < 0 || to >= ids.length || to === grabbed.place) return;
    player.moveInQueue(grabbed.place, to);
    setGrabbed({ ...grabbed, place: to });
    setTold(t("queue.movedTo", { place: to + 1, count: ids.length }));
    goTo(to, part);
  }
  function onHandleKey(event: KeyboardEvent) {
    if (!grabbed) return;
    const to = keyTarget(event.key, grabbed.place, ids.length, 1);
    if (event.key === "Escape") {
      player.moveInQueue(grabbed.place, grabbed.origin);
      goTo(grabbed.origin, "handle");
      letGo("queue.putBack");
    } else if (to === null) return;
    else carry(to, "handle");
    event.preventDefault();
    event.stopPropagation();
  }
  function remove(place: number, title: string) {
    const undo = player.removeFromQueue(place);
    say(t("queue.removed", { title: short(title) }), { undo });
    if (ids.length > 1) goTo(Math.min(place, ids.length - 2), "remove");
  }
  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const on = event.target instanceof HTMLElement ? event.target : null;
    const place = Number(on?.closest<HTMLElement>("[data-place]")?.dataset.place ?? Number.NaN);
    if (Number.isNaN(place)) return;
    if (event.key === "Delete") {
      event.preventDefault();
      const removing = on?.closest("li")?.querySelector<HTMLElement>("[data-part=remove]");
      removing?.click();
      return;
    }
    const to = keyTarget(event.key, place, ids.length, rows.lastSeen - rows.firstSeen - 1);
    if (to === null) return;
    event.preventDefault();
    goTo(to, (on?.dataset.part as Part | undefined) ?? "jump");
  }

  const places = Array.from({ length: Math.max(0, rows.to - rows.from) }, (_, offset) => rows.from + offset);
  const dragged = drag && ids[drag.from];
  const actions = { jump: player.jump, remove, grab, nudge, onHandleKey, onHandleDown };
  function onHandleDown(event: React.PointerEvent<HTMLElement>, place: number) {
    if (!grabbed) onPointerDown(event, place);
  }
  function nudge(by: number) {
    if (grabbed) carry(grabbed.place + by, by < 0 ? "up" : "down");
  }
  return (
    <div ref={rows.box} className={styles.box}>
      <p id={instructions} hidden>
        {t("queue.instructions")}
      </p>
      <p className="hidden" role="status">
        {told}
      </p>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <ul
        aria-label={t("player.queue")}
        className={sounding ? styles.sounding : undefined}
        style={{ height: ids.length * ROW_HEIGHT }}
        onKeyDown={onKeyDown}
        onBlur={(event) => {
          // To another control of the row it stays in hand; its own buttons come and go meanwhile.
          if (event.relatedTarget && !event.currentTarget.contains(event.relatedTarget)) letGo("queue.dropped");
        }}
      >
        {places.map((place) => (
          <li
            key={place}
            data-place={place}
            aria-setsize={ids.length}
            aria-posinset={place + 1}
            className={drag?.from === place ? styles.away : undefined}
            style={{ height: ROW_HEIGHT, transform: `translateY(${(place + shift(drag, place)) * ROW_HEIGHT}px)` }}
          >
            <QueueRow
              id={ids[place]!}
              place={place}
              isCurrent={place === index}
              isReached={place === (grabbed?.place ?? reached)}
              isGrabbed={place === grabbed?.place}
              instructions={instructions}
              actions={actions}
            />
          </li>
        ))}
      </ul>
      {dragged && (
        <div ref={lifted} className={styles.lifted} style={{ height: ROW_HEIGHT }} aria-hidden="true">
          <RowFace id={dragged} />
        </div>
      )}
    </div>
  );
}

/** Rows make room for the one that is being dragged. */
function shift(drag: Drag | null, place: number): number {
  if (!drag || place === drag.from) return 0;
  if (place > drag.from && place <= drag.to) return -1;
  return place < drag.from && place >= drag.to ? 1 : 0;
}

function keyTarget(key: string, place: number, count: number, page: number): number | null {
  const targets: Record<string, number> = {
    ArrowDown: place + 1,
    ArrowUp: place - 1,
    PageDown: place + page,
    PageUp: place - page,
    Home: 0,
    End: count - 1,
  };
  const to = targets[key];
  return to === undefined ? null : Math.min(Math.max(to, 0), count - 1);
}
