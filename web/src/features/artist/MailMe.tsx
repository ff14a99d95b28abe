import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { askForMail } from "../../api/guests";
import { meQuery } from "../../api/queries";
import type { Artist } from "../../api/types";
import { t } from "../../lib/messages";
import { Button, Problem } from "../../ui/controls";
import { Section } from "../../ui/Section";
import { TextField } from "../../ui/TextField";
import { useSubmit } from "../../ui/useSubmit";
import styles from "./ArtistPage.module.css";
import "./words";

/** For a guest: hear of the artist by mail. Whoever has an account follows. */
export function MailMe({ artist }: { artist: Artist }) {
  const { data: me, isPending } = useQuery(meQuery);
  const [email, setEmail] = useState("");
  const [asked, setAsked] = useState(false);
  const form = useSubmit(["email"], async () => {
    await askForMail(artist.id, email.trim());
    setAsked(true);
  });
  if (isPending || me) return null;
  return (
    <Section title={t("artist.mail")}>
      {asked ? (
        <p role="status">{t("artist.mailAsked", { email: email.trim() })}</p>
      ) : (
        <form className={styles.mail} onSubmit={form.onSubmit}>
          <TextField
            label={t("account.email")}
            hint={t("artist.mailHint", { name: artist.name })}
            error={form.at("email")}
            type="email"
            name="email"
            autoComplete="email"
            value={email}
            onChange={setEmail}
          />
          {form.other && <Problem>{form.other}</Problem>}
          <Button type="submit" rests={form.busy || email.trim() === ""}>
            {t("artist.mailMe")}
          </Button>
        </form>
      )}
    </Section>
  );
}
