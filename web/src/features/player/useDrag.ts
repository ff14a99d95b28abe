import { useRef, useState, type PointerEvent, type RefObject } from "react";

/** A press that moves less than this is no drag, in px. */
const SLACK = 4;
/** This near the edge the list goes along, by at most so many px a frame. */
const EDGE = 48;
const SPEED = 14;

export interface Drag {
  from: number;
  to: number;
}

interface Dragging {
  /** The row that is being dragged and the place it would go to; null when none is. */
  drag: Drag | null;
  /** The row under the pointer: moved by hand, without a render. */
  lifted: RefObject<HTMLDivElement | null>;
  onPointerDown: (event: PointerEvent<HTMLElement>, place: number) => void;
  /** Whether the click that comes now is the end of a drag. */
  wasDragged: () => boolean;
}

/** Dragging a row of equal rows by pointer or finger; `onDrop` only when it was taken elsewhere. */
export function useDrag(
  box: RefObject<HTMLElement | null>,
  count: number,
  rowHeight: number,
  onDrop: (drag: Drag) => void,
): Dragging {
  const [drag, setDrag] = useState<Drag | null>(null);
  const lifted = useRef<HTMLDivElement>(null);
  const dragged = useRef(false);

  function onPointerDown(event: PointerEvent<HTMLElement>, from: number) {
    const list = box.current;
    if (event.button !== 0 || !list) return;
    const startY = event.clientY;
    const grip = startY - (list.getBoundingClientRect().top + from * rowHeight - list.scrollTop);
    const stops = new AbortController();
    let [y, to, frame] = [startY, from, 0];
    dragged.current = false;

    const follow = () => {
      const { top } = list.getBoundingClientRect();
      const within = y - top + list.scrollTop - grip;
      const place = Math.min(Math.max(Math.round(within / rowHeight), 0), count - 1);
      if (lifted.current) lifted.current.style.transform = `translateY(${within}px)`;
      if (place !== to || frame === 0) setDrag({ from, to: place });
      to = place;
    };
    const run = () => {
      const { top, bottom } = list.getBoundingClientRect();
      const pull = Math.max(y - (bottom - EDGE), 0) - Math.max(top + EDGE - y, 0);
      if (pull) list.scrollTop += Math.sign(pull) * Math.min(Math.abs(pull) / 3, SPEED);
      follow();
      frame = requestAnimationFrame(run);
    };
    const end = (isDrop: boolean) => {
      stops.abort();
      cancelAnimationFrame(frame);
      setDrag(null);
      if (isDrop && dragged.current && to !== from) onDrop({ from, to });
      // After the click that may follow.
      setTimeout(() => (dragged.current = false));
    };
    const on = <K extends keyof WindowEventMap>(type: K, listener: (event: WindowEventMap[K]) => void) =>
      window.addEventListener(type, listener, { signal: stops.signal, capture: true });
    on("pointermove", (move) => {
      y = move.clientY;
      if (dragged.current || Math.abs(y - startY) < SLACK) return;
      dragged.current = true;
      follow();
      frame = requestAnimationFrame(run);
    });
    on("pointerup", () => end(true));
    on("pointercancel", () => end(false));
    on("blur", (left) => left.target === window && end(false));
    on("keydown", (press) => {
      if (press.key !== "Escape" || !dragged.current) return;
      press.preventDefault();
      press.stopPropagation();
      end(false);
    });
  }
  return { drag, lifted, onPointerDown, wasDragged: () => dragged.current };
}
