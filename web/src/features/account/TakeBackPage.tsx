import { useRouter } from "@tanstack/react-router";
import { takeEmailBack } from "../../api/emails";
import { t } from "../../lib/messages";
import { Button, Problem } from "../../ui/controls";
import { Heading } from "../../ui/Heading";
import { say } from "../../ui/said";
import { useMailLink } from "../../ui/useMailLink";
import { useSubmit } from "../../ui/useSubmit";
import styles from "./AccountPage.module.css";
import { LinkOver } from "./LinkOver";
import "./words";

/** Where the notice to an old address leads: undoes a change that was somebody else's doing. */
export function TakeBackPage() {
  const router = useRouter();
  const link = useMailLink();
  const form = useSubmit(
    [],
    async () => {
      const next = await link.use(takeEmailBack);
      say(t("takeBack.done"));
      await router.navigate({ to: "/reset", hash: next });
    },
    { leaves: true },
  );
  if (link.over) return <LinkOver words={t("takeBack.over")} action={t("signIn.submit")} to="/sign-in" />;
  return (
    <div className={styles.head}>
      <Heading title={t("takeBack.title")} />
      <p className="lead">{t("takeBack.lead")}</p>
      <form onSubmit={form.onSubmit}>
        <Button type="submit" look="hot" rests={form.busy}>
          {t("takeBack.submit")}
        </Button>
      </form>
      {form.other && <Problem>{form.other}</Problem>}
    </div>
  );
}
