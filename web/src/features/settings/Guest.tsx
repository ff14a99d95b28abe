import { Link } from "@tanstack/react-router";
import { t } from "../../lib/messages";
import { buttonClass } from "../../ui/controls";
import styles from "./SettingsPage.module.css";
import "./words";

/** For a guest: what an account is for, and the way to one. */
export function Guest() {
  return (
    <>
      <p>{t("settings.guest")}</p>
      <div className={styles.row}>
        <Link to="/sign-in" search={{ next: "/settings" }} className={buttonClass("hot")}>
          {t("nav.signIn")}
        </Link>
        <Link to="/sign-up" search={{ next: "/settings" }} className={buttonClass()}>
          {t("home.join")}
        </Link>
      </div>
    </>
  );
}
