import { useEffect, useRef, useState, type FocusEvent, type KeyboardEvent, type ReactNode } from "react";
import { rowsInView, withKept } from "./rowsInView";
import styles from "./LongList.module.css";

interface LongListProps<T> {
  label: string;
  items: readonly T[];
  /** More follows that is not fetched yet. */
  more: boolean;
  /** The end of what is fetched comes into view. */
  onEnd: () => void;
  /** A row’s content. */
  children: (item: T) => ReactNode;
}

/**
 * Rows of one height (`--row`) in the page's own scroll; only those in sight are in the page, and the one that has
 * the focus, so that it is never lost. A row may grow while it is open. Arrows up and down go to the same control
 * of the next row.
 */
export function LongList<T extends { id: string }>({ label, items, more, onEnd, children }: LongListProps<T>) {
  const list = useRef<HTMLUListElement>(null);
  const [range, setRange] = useState({ from: 0, to: 30 });
  const [kept, setKept] = useState<string | null>(null);

  useEffect(() => {
    const look = () => {
      const element = list.current;
      if (!element) return;
      const height = parseFloat(getComputedStyle(element).getPropertyValue("--row"));
      const next = rowsInView(-element.getBoundingClientRect().top, innerHeight, height);
      setRange((now) => (now.from === next.from && now.to === next.to ? now : next));
    };
    look();
    window.addEventListener("scroll", look, { passive: true });
    window.addEventListener("resize", look);
    return () => {
      window.removeEventListener("scroll", look);
      window.removeEventListener("resize", look);
    };
  }, []);

  const nearEnd = more && range.to >= items.length;
  useEffect(() => {
    if (nearEnd) onEnd();
  }, [nearEnd, onEnd]);

  const shown = withKept(range, items.length, kept === null ? -1 : items.findIndex(({ id }) => id === kept));
  const size = more ? -1 : items.length;
  return (
    // The rows' controls are reached by Tab; arrows are a shortcut between them.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <ul ref={list} className={styles.list} aria-label={label} onFocus={keepFocused} onKeyDown={moveByArrow}>
      {shown.map((part) =>
        part.gap ? (
          <li key={`before ${part.index}`} aria-hidden="true" style={{ height: `calc(${part.gap} * var(--row))` }} />
        ) : (
          <li
            key={items[part.index]!.id}
            className={styles.row}
            data-id={items[part.index]!.id}
            aria-setsize={size}
            aria-posinset={part.index + 1}
          >
            {children(items[part.index]!)}
          </li>
        ),
      )}
    </ul>
  );

  function keepFocused(event: FocusEvent) {
    setKept(rowOf(event.target)?.dataset.id ?? null);
  }
}

const rowOf = (element: Element): HTMLElement | null => element.closest<HTMLElement>("li[data-id]");
const CONTROLS = "a[href], button";

function moveByArrow(event: KeyboardEvent<HTMLUListElement>): void {
  const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" } as const;
  const way = step[event.key as keyof typeof step];
  const { target } = event;
  if (!way || !(target instanceof HTMLElement) || !target.matches(CONTROLS) || target.ariaHasPopup) return;
  const row = rowOf(target);
  // Inside an open row arrows are its own.
  if (!row || target.closest("form")) return;
  const place = [...row.querySelectorAll(CONTROLS)].indexOf(target);
  const theirs = row[way]?.querySelectorAll<HTMLElement>(CONTROLS);
  if (!theirs?.length) return;
  event.preventDefault();
  theirs[Math.min(place, theirs.length - 1)]!.focus();
}
