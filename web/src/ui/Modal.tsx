import { useLayoutEffect, useRef, type ReactNode } from "react";
import { createStore } from "../lib/store";

/** The modals that are open, the topmost last: what must be reached over them goes into that one. */
export const openModals = createStore<{ stack: readonly HTMLDialogElement[] }>({ stack: [] });

interface ModalProps {
  className: string | undefined;
  onClose: () => void;
  label?: string;
  labelledBy?: string;
  children: ReactNode;
}

/** The browser's own `<dialog>` over the page: it holds the focus, closes on Escape and gives the focus back. */
export function Modal({ className, onClose, label, labelledBy, children }: ModalProps) {
  const box = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const dialog = box.current;
    if (!dialog) return;
    if (!dialog.open) dialog.showModal();
    openModals.set(({ stack }) => ({ stack: [...stack, dialog] }));
    return () => {
      openModals.set(({ stack }) => ({ stack: stack.filter((one) => one !== dialog) }));
      // Taken away by its owner it gives the focus back just the same.
      dialog.close();
    };
  }, [box]);
  return (
    // A press on the backdrop closes; the same by keyboard is Escape, which the element does itself.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
    <dialog
      ref={box}
      className={className}
      aria-label={label}
      aria-labelledby={labelledBy}
      onClose={({ currentTarget: { isConnected, open } }) => isConnected && !open && onClose()}
      onClick={(event) => event.target === event.currentTarget && event.currentTarget.close()}
    >
      {children}
    </dialog>
  );
}

/** Closes the modal that something is in: the element then gives the focus back and tells its owner. */
export function closeModalAround(inside: Element): void {
  inside.closest("dialog")?.close();
}
