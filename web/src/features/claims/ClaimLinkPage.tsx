import { useQuery } from "@tanstack/react-query";
import { Link, useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { proveByMail } from "../../api/claims";
import { ApiError } from "../../api/client";
import { meQuery } from "../../api/queries";
import { forgetFragment, takeFragment } from "../../lib/fragment";
import { t } from "../../lib/messages";
import { Button, buttonClass, Problem } from "../../ui/controls";
import { Heading } from "../../ui/Heading";
import { say } from "../../ui/said";
import { useSubmit } from "../../ui/useSubmit";
import styles from "./Claims.module.css";
import { pathOf } from "./pathOf";
import "./words";

/** Where the link of a claim's mail leads. Opening it does nothing yet: mail programs open links by themselves. */
export function ClaimLinkPage() {
  const router = useRouter();
  const [token] = useState(takeFragment);
  const [over, setOver] = useState(token === null);
  const { data: me } = useQuery(meQuery);
  const form = useSubmit([], async () => {
    try {
      const { profile } = await proveByMail(token!);
      forgetFragment();
      say(t("claim.yours", { name: profile.name }));
      await router.navigate({ to: pathOf(profile) });
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) {
        forgetFragment();
        setOver(true);
      } else throw error;
    }
  }, { leaves: true });
  if (over) {
    return (
      <div className={styles.head}>
        <Heading title={t("claim.overTitle")} />
        <p className="lead">{t("claim.over")}</p>
      </div>
    );
  }
  return (
    <div className={styles.head}>
      <Heading title={t("claim.confirmTitle")} />
      <p className="lead">{t("claim.confirm")}</p>
      {me ? (
        <form onSubmit={form.onSubmit}>
          <Button type="submit" look="hot" rests={form.busy}>
            {t("claim.confirmAction")}
          </Button>
        </form>
      ) : (
        <Link to="/sign-in" search={{ next: "/claim" }} className={buttonClass("hot")}>
          {t("claim.signIn")}
        </Link>
      )}
      {form.other && <Problem>{form.other}</Problem>}
    </div>
  );
}
