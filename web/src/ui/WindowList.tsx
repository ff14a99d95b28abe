import { startTransition, useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import styles from "./WindowList.module.css";

/** Rows beyond the edges of the window that are kept, and by how many rows the list moves on at a time. */
const SPARE = 8;
const STEP = 4;
/** A list this short stands in the page as a whole: the browser's own search finds all of it. */
const WHOLE = 60;
const USUAL_FONT_PX = 16;

interface WindowListProps {
  count: number;
  /** In px for the usual size of letters; grows with larger ones. */
  rowHeight: number;
  /** Whether the count is only what is known so far. */
  isOpenEnded?: boolean;
  ordered?: boolean;
  className?: string | undefined;
  label?: string | undefined;
  /** The last rows come into sight: time to fetch more. */
  onNearEnd?: (() => void) | undefined;
  row: (index: number) => ReactNode;
}

/**
 * A list of equal rows that scrolls with the page; of a long one, only what is in sight is in the document.
 * Its height is known before any row is, so that Back finds the place again. Arrow up and down go from row to row.
 */
export function WindowList({
  count,
  rowHeight,
  isOpenEnded = false,
  ordered = false,
  className,
  label,
  onNearEnd,
  row,
}: WindowListProps) {
  const list = useRef<HTMLUListElement & HTMLOListElement>(null);
  const [shown, setShown] = useState({ from: 0, to: 0 });
  const [isSettled, setSettled] = useState(false);
  const [focused, setFocused] = useState<number | null>(null);
  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    const look = () => {
      const rowPx = element.offsetHeight / Math.max(count, 1);
      if (!rowPx) return;
      const top = -element.getBoundingClientRect().top;
      const first = Math.floor(top / rowPx / STEP) * STEP - SPARE;
      const from = Math.max(0, Math.min(first, count - 1));
      const to = Math.max(0, Math.min(count, first + Math.ceil(window.innerHeight / rowPx) + STEP + 2 * SPARE));
      setShown((now) => (now.from === from && now.to === to ? now : { from, to }));
    };
    look();
    window.addEventListener("scroll", look, { passive: true });
    window.addEventListener("resize", look);
    // What stands above it grew or went.
    const moved = new ResizeObserver(look);
    moved.observe(document.body);
    return () => {
      window.removeEventListener("scroll", look);
      window.removeEventListener("resize", look);
      moved.disconnect();
    };
  }, [count]);

  // What is out of sight is no reason for the first frame to wait; it comes without holding anything up.
  useEffect(() => startTransition(() => setSettled(true)), []);
  const isWhole = isSettled && count <= WHOLE;
  const { from, to } = isWhole ? { from: 0, to: count } : shown;
  const isNearEnd = shown.to > 0 && shown.to >= count - SPARE;
  useLayoutEffect(() => {
    if (isNearEnd) onNearEnd?.();
    // Asked again for every new length: one page may not fill the window.
    // oxlint-disable-next-line react/exhaustive-deps, react/exhaustive-effect-dependencies
  }, [isNearEnd, count]);

  const places = Array.from({ length: Math.max(0, Math.min(to, count) - from) }, (_, offset) => from + offset);
  // Scrolled out of sight it still has the focus, and the focus is one's place.
  // In its order, or React would move it, and what is moved loses the focus.
  if (focused !== null && focused < from) places.unshift(focused);
  if (focused !== null && focused >= to && focused < count) places.push(focused);
  const List = ordered ? "ol" : "ul";
  return (
    <List
      ref={list}
      className={[styles.list, className].filter(Boolean).join(" ")}
      aria-label={label}
      style={{ height: `${(count * rowHeight) / USUAL_FONT_PX}rem` }}
      onKeyDown={goUpOrDown}
      onFocus={(event) => setFocused(placeOf(event.target))}
      onBlur={() => setFocused(null)}
    >
      {places.map((index) => (
        <li
          key={index}
          className={styles.row}
          data-place={index}
          aria-setsize={isOpenEnded ? -1 : count}
          aria-posinset={index + 1}
          style={{ height: `${rowHeight / USUAL_FONT_PX}rem`, top: `${(index * rowHeight) / USUAL_FONT_PX}rem` }}
        >
          {row(index)}
        </li>
      ))}
    </List>
  );
}

const CONTROLS = "a, button:not(:disabled)";

function placeOf(element: Element): number | null {
  const place = element.closest<HTMLElement>("[data-place]")?.dataset.place;
  return place === undefined ? null : Number(place);
}

/** To the same control of the row above or below; rows beside the focused one are always in the document. */
function goUpOrDown(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  if (event.defaultPrevented || !(event.target instanceof Element) || event.target.matches("input")) return;
  const here = event.target.closest<HTMLElement>("[data-place]");
  if (!here) return;
  const place = Number(here.dataset.place) + (event.key === "ArrowDown" ? 1 : -1);
  const there = event.currentTarget.querySelector<HTMLElement>(`[data-place="${place}"]`);
  const control = [...here.querySelectorAll(CONTROLS)].indexOf(event.target);
  const controls = there?.querySelectorAll<HTMLElement>(CONTROLS);
  const next = controls?.[Math.min(Math.max(control, 0), controls.length - 1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
