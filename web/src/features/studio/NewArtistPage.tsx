import "./words";
import { useRouter } from "@tanstack/react-router";
import { useRef } from "react";
import { goOnAs } from "./goOnAs";
import { createArtist } from "../../api/works";
import { newKey } from "../../api/client";
import type { NewArtist } from "../../api/types";
import { t } from "../../lib/messages";
import { Heading } from "../../ui/Heading";
import { ArtistForm } from "./ArtistForm";
import styles from "./Studio.module.css";

export function NewArtistPage() {
  const router = useRouter();
  // One key per set of answers: a changed answer is another request.
  const key = useRef({ for: "", value: "" });
  async function make(answers: NewArtist) {
    const told = JSON.stringify(answers);
    if (key.current.for !== told) key.current = { for: told, value: newKey() };
    const made = await createArtist(answers, key.current.value);
    goOnAs(made);
    await router.navigate({ to: "/studio" });
  }
  return (
    <div className={styles.narrowPage}>
      <header>
        <Heading title={t("newArtist.title")} />
        <p className="lead">{t("newArtist.lead")}</p>
      </header>
      <ArtistForm submitWords={t("newArtist.submit")} onSubmit={make} />
    </div>
  );
}
