import { Link } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { t } from "../../lib/messages";
import { buttonClass } from "../../ui/controls";
import { Heading } from "../../ui/Heading";
import styles from "./AccountPage.module.css";
import "./words";

/** Instead of the form, which would only invite another answer. */
export function TooYoung() {
  const words = useRef<HTMLParagraphElement>(null);
  useEffect(() => words.current?.focus(), []);
  return (
    <div className={styles.head}>
      <Heading title={t("tooYoung.title")} />
      <p className="lead" ref={words} tabIndex={-1}>
        {t("tooYoung.lead")}
      </p>
      <p>
        <Link to="/" className={buttonClass("hot")}>
          {t("tooYoung.listen")}
        </Link>
      </p>
    </div>
  );
}
