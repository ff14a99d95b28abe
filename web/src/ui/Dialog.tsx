import { X } from "lucide-react";
import { useId, useLayoutEffect, useRef, type ReactNode } from "react";
import { t } from "../lib/messages";
import { createStore } from "../lib/store";
import { IconButton } from "./controls";
import styles from "./Dialog.module.css";

/** The modals that are open, the topmost last: what must be reached over them goes into that one. */
export const openDialogs = createStore<{ stack: readonly HTMLDialogElement[] }>({ stack: [] });

interface DialogProps {
  title: string;
  onClose: () => void;
  /** `sheet` covers a phone's screen. */
  shape?: "card" | "sheet";
  closeLabel?: string;
  children: ReactNode;
}

/** A modal over the browser's own `<dialog>`: it holds the focus, closes on Escape and gives the focus back. */
export function Dialog({ title, onClose, shape = "card", closeLabel, children }: DialogProps) {
  const box = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  // Closing the element itself is what gives the focus back; its `close` event then tells the owner.
  const close = () => box.current?.close();
  useLayoutEffect(() => {
    const dialog = box.current;
    if (!dialog) return;
    if (!dialog.open) dialog.showModal();
    openDialogs.set(({ stack }) => ({ stack: [...stack, dialog] }));
    return () => {
      openDialogs.set(({ stack }) => ({ stack: stack.filter((one) => one !== dialog) }));
      // Taken away by its owner it gives the focus back just the same.
      dialog.close();
    };
  }, []);
  return (
    // A press on the backdrop closes; the same by keyboard is Escape, which the element does itself.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
    <dialog
      ref={box}
      className={shape === "sheet" ? styles.sheet : styles.card}
      aria-labelledby={titleId}
      onClose={({ currentTarget: { isConnected, open } }) => isConnected && !open && onClose()}
      onClick={(event) => event.target === event.currentTarget && close()}
    >
      <div className={styles.inside}>
        <div className={styles.head}>
          <h2 id={titleId}>{title}</h2>
          <IconButton label={closeLabel ?? t("dialog.close")} onClick={close}>
            <X size={20} strokeWidth={1.75} aria-hidden />
          </IconButton>
        </div>
        {children}
      </div>
    </dialog>
  );
}
