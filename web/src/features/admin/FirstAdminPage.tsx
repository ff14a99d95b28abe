import { useQuery } from "@tanstack/react-query";
import { Link, useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { becomeFirstAdmin } from "../../api/admin";
import { meQuery } from "../../api/queries";
import { forgetFragment, takeFragment } from "../../lib/fragment";
import { t } from "../../lib/messages";
import { Button, buttonClass, Problem } from "../../ui/controls";
import { Heading } from "../../ui/Heading";
import { say } from "../../ui/said";
import { useSubmit } from "../../ui/useSubmit";
import styles from "./Admin.module.css";
import "./words";

/** Where the link leads that a scene without an admin prints. */
export function FirstAdminPage() {
  const router = useRouter();
  const [token] = useState(takeFragment);
  const { data: me } = useQuery(meQuery);
  const form = useSubmit([], async () => {
    await becomeFirstAdmin(token ?? "");
    forgetFragment();
    say(t("firstAdmin.done"));
    await router.navigate({ to: "/admin" });
  }, { leaves: true });
  const next = "/first-admin";
  return (
    <div className={styles.page}>
      <Heading title={t("firstAdmin.title")} />
      <p className="lead">{token ? t("firstAdmin.lead") : t("firstAdmin.noLink")}</p>
      {token &&
        (me ? (
          <form className={styles.group} onSubmit={form.onSubmit}>
            <p>{t("firstAdmin.as", { name: me.display_name })}</p>
            <Button type="submit" look="hot" rests={form.busy}>
              {t("firstAdmin.accept")}
            </Button>
          </form>
        ) : (
          <div className={styles.tools}>
            <Link to="/sign-in" search={{ next }} className={buttonClass("hot")}>
              {t("firstAdmin.signIn")}
            </Link>
            <Link to="/sign-up" search={{ next }} className={buttonClass()}>
              {t("firstAdmin.signUp")}
            </Link>
          </div>
        ))}
      {form.other && <Problem>{form.other}</Problem>}
    </div>
  );
}
