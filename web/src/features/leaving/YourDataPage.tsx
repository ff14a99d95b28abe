import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { archivePath } from "../../api/privacy";
import { takeFragment } from "../../lib/fragment";
import { t } from "../../lib/messages";
import { buttonClass } from "../../ui/controls";
import { Heading } from "../../ui/Heading";
import styles from "./Leaving.module.css";
import "./words";

/** What the mail's link holds: the second it is over, a signature, and which archive. */
const TOKEN = /^(\d+)\.[\w-]+\/[0-9a-f-]{36}$/;

/** For whoever holds the mail about an archive; works signed out, and for somebody who is leaving. */
export function YourDataPage() {
  const [token] = useState(() => takeFragment() ?? "");
  const over = Number(TOKEN.exec(token)?.[1] ?? 0) * 1000;
  const [now] = useState(() => Date.now());
  if (over <= now) {
    return (
      <div className={styles.page}>
        <Heading title={t("data.goneTitle")} />
        <p className="lead">{t("data.gone")}</p>
        <Link to="/settings" className={buttonClass("hot")}>
          {t("data.settings")}
        </Link>
      </div>
    );
  }
  return (
    <div className={styles.page}>
      <Heading title={t("data.title")} />
      <p className="lead">{t("data.lead")}</p>
      <a href={archivePath(token)} download className={buttonClass("hot")}>
        {t("data.fetch")}
      </a>
      <p className="muted">{t("data.private")}</p>
    </div>
  );
}
