import { useEffect, useRef, useState, type ReactNode } from "react";

/** Rows beyond the edge that are kept, so that a fast scroll shows no gap. */
const SPARE = 6;

interface VirtualListProps {
  count: number;
  rowHeight: number;
  className?: string | undefined;
  label: string;
  /** A place to bring into view at first. */
  startAt?: number;
  row: (index: number) => ReactNode;
}

/** A list of equal rows in a box of its own that scrolls; only what is in sight is in the page. */
export function VirtualList({ count, rowHeight, className, label, startAt = 0, row }: VirtualListProps) {
  const box = useRef<HTMLUListElement>(null);
  const first = useRef(startAt);
  const [view, setView] = useState({ top: 0, height: 600 });
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    element.scrollTop = Math.max(0, (first.current - 1) * rowHeight);
    const look = () => setView({ top: element.scrollTop, height: element.clientHeight });
    const resized = new ResizeObserver(look);
    resized.observe(element);
    element.addEventListener("scroll", look, { passive: true });
    return () => {
      resized.disconnect();
      element.removeEventListener("scroll", look);
    };
  }, [rowHeight]);
  const from = Math.max(0, Math.floor(view.top / rowHeight) - SPARE);
  const to = Math.min(count, Math.ceil((view.top + view.height) / rowHeight) + SPARE);
  return (
    // The box scrolls, so the keyboard must be able to reach it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <ul ref={box} className={className} aria-label={label} tabIndex={0}>
      <li aria-hidden="true" style={{ height: from * rowHeight }} />
      {Array.from({ length: Math.max(0, to - from) }, (_, offset) => (
        <li
          key={from + offset}
          aria-setsize={count}
          aria-posinset={from + offset + 1}
          style={{ height: rowHeight }}
        >
          {row(from + offset)}
        </li>
      ))}
      <li aria-hidden="true" style={{ height: Math.max(0, count - to) * rowHeight }} />
    </ul>
  );
}
