import { useEffect, useEffectEvent, useRef, useState, type RefObject } from "react";

/** Rows beyond the edge that are kept, so that a fast scroll shows no gap. */
const SPARE = 6;

export interface RowWindow {
  box: RefObject<HTMLDivElement | null>;
  /** The places in the page, `to` not included, and those in sight. */
  from: number;
  to: number;
  firstSeen: number;
  lastSeen: number;
  /** Scrolls as little as it takes to have a place in sight; its row is there in the next render. */
  reveal: (place: number) => void;
}

/** Which of `count` equal rows a box that scrolls has to show. Changes only when a row comes or goes. */
export function useWindow(count: number, rowHeight: number, startAt: number): RowWindow {
  const box = useRef<HTMLDivElement>(null);
  const [first, setFirst] = useState(startAt);
  const [fits, setFits] = useState(12);
  const start = useRef(startAt);
  function look() {
    const element = box.current;
    if (!element) return;
    setFirst(Math.floor(element.scrollTop / rowHeight));
    setFits(Math.ceil(element.clientHeight / rowHeight) + 1);
  }
  const onLook = useEffectEvent(look);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    element.scrollTop = Math.max(0, start.current - 1) * rowHeight;
    const listen = () => onLook();
    const resized = new ResizeObserver(listen);
    resized.observe(element);
    element.addEventListener("scroll", listen, { passive: true });
    return () => {
      resized.disconnect();
      element.removeEventListener("scroll", listen);
    };
  }, [rowHeight]);
  const seen = Math.min(first, Math.max(count - 1, 0));
  return {
    box,
    from: Math.max(0, seen - SPARE),
    to: Math.min(count, seen + fits + SPARE),
    firstSeen: seen,
    lastSeen: Math.min(count - 1, seen + fits - 1),
    reveal(place) {
      const element = box.current;
      if (!element) return;
      const top = place * rowHeight;
      if (top < element.scrollTop) element.scrollTop = top;
      else if (top + rowHeight > element.scrollTop + element.clientHeight) {
        element.scrollTop = top + rowHeight - element.clientHeight;
      }
      look();
    },
  };
}
