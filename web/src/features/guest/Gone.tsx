import { Link } from "@tanstack/react-router";
import { t } from "../../lib/messages";
import { buttonClass } from "../../ui/controls";
import { Heading } from "../../ui/Heading";
import styles from "./Guest.module.css";
import "./words";

/** A link that was used, or is over, or never was one. */
export function Gone() {
  return (
    <div className={styles.page}>
      <Heading title={t("guest.goneTitle")} />
      <p className="lead">{t("guest.gone")}</p>
      <Link to="/" className={buttonClass("hot")}>
        {t("guest.home")}
      </Link>
    </div>
  );
}
