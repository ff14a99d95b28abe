import { useQuery } from "@tanstack/react-query";
import { Link, useRouter } from "@tanstack/react-router";
import { proveByMail } from "../../api/claims";
import { meQuery } from "../../api/queries";
import { t } from "../../lib/messages";
import { Button, buttonClass, Problem } from "../../ui/controls";
import { Heading } from "../../ui/Heading";
import { say } from "../../ui/said";
import { useMailLink } from "../../ui/useMailLink";
import { useSubmit } from "../../ui/useSubmit";
import styles from "./Claims.module.css";
import { pathOf } from "./pathOf";
import "./words";

/** Where the link of a claim's mail leads. */
export function ClaimLinkPage() {
  const router = useRouter();
  const link = useMailLink();
  const { data: me } = useQuery(meQuery);
  const form = useSubmit([], async () => {
    const { profile } = await link.use(proveByMail);
    say(t("claim.yours", { name: profile.name }));
    await router.navigate({ to: pathOf(profile) });
  }, { leaves: true });
  if (link.over) {
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
