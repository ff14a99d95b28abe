import { Link } from "@tanstack/react-router";
import { t } from "../lib/messages";
import styles from "./ClaimNote.module.css";
import { buttonClass } from "./controls";

/** On a page that was made for somebody who is not here yet. */
export function ClaimNote({ id, name }: { id: string; name: string }) {
  return (
    <aside className={styles.note} aria-label={t("claim.question")}>
      <div>
        <p className={styles.question}>{t("claim.question")}</p>
        <p className="muted">{t("claim.made", { name })}</p>
      </div>
      <Link to="/claim/$id" params={{ id }} className={buttonClass("hot")}>
        {t("claim.it")}
      </Link>
    </aside>
  );
}
