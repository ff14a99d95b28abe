import { useRouter } from "@tanstack/react-router";
import { useRef } from "react";
import { newKey } from "../../api/client";
import { createOrganiser, createVenue } from "../../api/profiles";
import { t } from "../../lib/messages";
import { Heading } from "../../ui/Heading";
import { CardForm } from "./CardForm";
import { goOnAs } from "./goOnAs";
import styles from "./Studio.module.css";
import "./words";

export function NewVenuePage() {
  const router = useRouter();
  const key = useRef({ for: "", value: "" });
  return (
    <div className={styles.narrowPage}>
      <header>
        <Heading title={t("newVenue.title")} />
        <p className="lead">{t("newVenue.lead")}</p>
      </header>
      <CardForm
        organiser={false}
        submitWords={t("newVenue.submit")}
        onSubmit={async ({ type: _type, ...answers }) => {
          const made = await createVenue(answers, keyFor(key.current, answers));
          goOnAs(made);
          await router.navigate({ to: "/venues/$slug", params: { slug: made.slug } });
        }}
      />
    </div>
  );
}

export function NewOrganiserPage() {
  const router = useRouter();
  const key = useRef({ for: "", value: "" });
  return (
    <div className={styles.narrowPage}>
      <header>
        <Heading title={t("newOrganiser.title")} />
        <p className="lead">{t("newOrganiser.lead")}</p>
      </header>
      <CardForm
        organiser
        submitWords={t("newOrganiser.submit")}
        onSubmit={async (answers) => {
          const made = await createOrganiser(answers, keyFor(key.current, answers));
          goOnAs(made);
          await router.navigate({ to: "/organisers/$slug", params: { slug: made.slug } });
        }}
      />
    </div>
  );
}

/** One key per set of answers: a changed answer is another request. */
function keyFor(key: { for: string; value: string }, answers: unknown): string {
  const told = JSON.stringify(answers);
  if (key.for !== told) Object.assign(key, { for: told, value: newKey() });
  return key.value;
}
