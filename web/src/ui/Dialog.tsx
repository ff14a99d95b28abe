import { X } from "lucide-react";
import { useId, type ReactNode } from "react";
import { t } from "../lib/messages";
import { IconButton } from "./controls";
import styles from "./Dialog.module.css";
import { closeModalAround, Modal } from "./Modal";

interface DialogProps {
  title: string;
  onClose: () => void;
  /** `sheet` covers a phone's screen. */
  shape?: "card" | "sheet";
  closeLabel?: string;
  children: ReactNode;
}

/** A modal with a title and a button to close it. */
export function Dialog({ title, onClose, shape = "card", closeLabel, children }: DialogProps) {
  const titleId = useId();
  return (
    <Modal className={shape === "sheet" ? styles.sheet : styles.card} labelledBy={titleId} onClose={onClose}>
      <div className={styles.inside}>
        <div className={styles.head}>
          <h2 id={titleId}>{title}</h2>
          <CloseButton label={closeLabel} />
        </div>
        {children}
      </div>
    </Modal>
  );
}

/** Closes the modal that it is in. */
export function CloseButton({ label }: { label?: string | undefined }) {
  return (
    <IconButton label={label ?? t("dialog.close")} onClick={(event) => closeModalAround(event.currentTarget)}>
      <X size={20} strokeWidth={1.75} aria-hidden />
    </IconButton>
  );
}
