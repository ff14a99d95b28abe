import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { meQuery } from "../../api/queries";
import { t } from "../../lib/messages";
import { Empty } from "../../ui/Empty";
import { Heading } from "../../ui/Heading";
import { Section } from "../../ui/Section";
import { buttonClass } from "../../ui/controls";
import "../track/words";
import { Lately } from "./Lately";
import styles from "./LibraryPage.module.css";

export function LibraryPage() {
  const { data: me } = useQuery(meQuery);
  return (
    <div className={styles.page}>
      <Heading className={styles.title} title={t("library.title")} />
      {me === null && <Guest />}
      <Section title={t("library.lately")}>
        <Lately />
      </Section>
    </div>
  );
}

function Guest() {
  return (
    <Empty
      title={t("library.guestTitle")}
      action={
        <Link to="/sign-in" search={{ next: "/library" }} className={buttonClass("hot")}>
          {t("nav.signIn")}
        </Link>
      }
    >
      {t("library.guest")}
    </Empty>
  );
}
