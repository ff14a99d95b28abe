import { useRef, type PointerEvent } from "react";

/** A drag this far down, or a flick this fast, closes; else what was dragged springs back. px and px/ms. */
const FAR = 120;
const FAST = 0.6;
const SLACK = 8;

interface Swipe {
  pointer: number;
  startY: number;
  startedMs: number;
  byY: number;
}

/** Handlers for the part of a dialog that drags all of it down and away. */
export function useSwipeDown(onClose: () => void) {
  const swipe = useRef<Swipe | null>(null);
  const dialogOf = (event: PointerEvent<HTMLElement>) => event.currentTarget.closest("dialog");

  function settle(event: PointerEvent<HTMLElement>, isUp: boolean) {
    const now = swipe.current;
    const dialog = dialogOf(event);
    swipe.current = null;
    if (!now || !dialog) return;
    const speed = now.byY / Math.max(event.timeStamp - now.startedMs, 1);
    dialog.style.transform = "";
    if (isUp && (now.byY > FAR || (now.byY > SLACK * 3 && speed > FAST))) onClose();
  }
  return {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      if (event.pointerType === "mouse" || !event.isPrimary) return;
      swipe.current = { pointer: event.pointerId, startY: event.clientY, startedMs: event.timeStamp, byY: 0 };
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      const now = swipe.current;
      const dialog = dialogOf(event);
      if (!now || !dialog || event.pointerId !== now.pointer) return;
      now.byY = Math.max(0, event.clientY - now.startY);
      if (now.byY > SLACK) dialog.style.transform = `translateY(${now.byY - SLACK}px)`;
    },
    onPointerUp: (event: PointerEvent<HTMLElement>) => settle(event, true),
    onPointerCancel: (event: PointerEvent<HTMLElement>) => settle(event, false),
  };
}
