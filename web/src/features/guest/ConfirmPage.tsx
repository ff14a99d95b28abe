import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { ApiError } from "../../api/client";
import { confirmMail } from "../../api/guests";
import type { GuestFollow } from "../../api/types";
import { forgetFragment, takeFragment } from "../../lib/fragment";
import { t } from "../../lib/messages";
import { Button, buttonClass, Problem } from "../../ui/controls";
import { Heading } from "../../ui/Heading";
import { useSubmit } from "../../ui/useSubmit";
import { Gone } from "./Gone";
import styles from "./Guest.module.css";
import "./words";

/** Behind the link of the first mail. It takes a press, since mail guards open every link. */
export function ConfirmPage() {
  const [token] = useState(() => takeFragment() ?? "");
  const [follow, setFollow] = useState<GuestFollow | null>(null);
  const [gone, setGone] = useState(token === "");
  const form = useSubmit([], async () => {
    try {
      setFollow(await confirmMail(token));
      forgetFragment();
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 404) throw error;
      forgetFragment();
      setGone(true);
    }
  });
  if (gone) return <Gone />;
  if (follow) {
    return (
      <div className={styles.page}>
        <Heading title={t("guest.confirmed", { name: follow.name })} />
        <Link to="/artists/$slug" params={{ slug: follow.slug }} className={buttonClass("hot")}>
          {t("guest.toArtist", { name: follow.name })}
        </Link>
      </div>
    );
  }
  return (
    <div className={styles.page}>
      <Heading title={t("guest.title")} />
      <p className="lead">{t("guest.lead")}</p>
      <form onSubmit={form.onSubmit}>
        <Button type="submit" look="hot" rests={form.busy}>
          {t("guest.confirm")}
        </Button>
      </form>
      {form.other && <Problem>{form.other}</Problem>}
    </div>
  );
}
