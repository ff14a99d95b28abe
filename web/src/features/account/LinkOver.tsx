import { Link } from "@tanstack/react-router";
import { t } from "../../lib/messages";
import { buttonClass } from "../../ui/controls";
import { Heading } from "../../ui/Heading";
import styles from "./AccountPage.module.css";
import "./words";

interface LinkOverProps {
  /** What is so now, and what to do. */
  words: string;
  action: string;
  to: "/forgot" | "/settings" | "/sign-in";
}

/** A mail's link that was used, has ended, or was taken back. */
export function LinkOver({ words, action, to }: LinkOverProps) {
  return (
    <div className={styles.head}>
      <Heading title={t("link.over")} />
      <p className="lead">{words}</p>
      <p>
        <Link to={to} className={buttonClass("hot")}>
          {action}
        </Link>
      </p>
    </div>
  );
}
