import { useQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { wordsOf } from "../../api/client";
import { closeProfile, closingPreviewQuery } from "../../api/closing";
import type { Profile } from "../../api/types";
import { t, tn } from "../../lib/messages";
import { Button, Field, Problem } from "../../ui/controls";
import { ErrorNote } from "../../ui/ErrorNote";
import { say } from "../../ui/said";
import { SkeletonRows, Waiting } from "../../ui/Skeleton";
import { useSubmit } from "../../ui/useSubmit";
import styles from "./Team.module.css";
import "./words";

const DAYS = 14;

/** An owner closes the profile: shown first what goes, then its name typed by hand. */
export function Closing({ profile }: { profile: Profile }) {
  const [open, setOpen] = useState(false);
  const show = useRef<HTMLButtonElement>(null);
  const { name } = profile;
  function keep() {
    setOpen(false);
    requestAnimationFrame(() => show.current?.focus());
  }
  return (
    <section className={styles.group} aria-label={t("closing.title", { name })}>
      <h2>{t("closing.title", { name })}</h2>
      <p className="muted">{t("closing.lead", { days: DAYS })}</p>
      {open ? (
        <WhatGoes profile={profile} onKeep={keep} />
      ) : (
        <div className={styles.tools}>
          <Button ref={show} look="quiet" onClick={() => setOpen(true)}>
            {t("closing.show")}
          </Button>
        </div>
      )}
    </section>
  );
}

function WhatGoes({ profile, onKeep }: { profile: Profile; onKeep: () => void }) {
  const preview = useQuery(closingPreviewQuery(profile.id));
  if (preview.isPending) {
    return (
      <Waiting>
        <SkeletonRows count={2} />
      </Waiting>
    );
  }
  if (preview.isError) {
    return (
      <ErrorNote title={t("closing.failed")} onRetry={() => void preview.refetch()} busy={preview.isFetching}>
        {wordsOf(preview.error)}
      </ErrorNote>
    );
  }
  const { tracks, releases, shows, followers, members, days } = preview.data;
  return (
    <>
      <ul aria-label={t("closing.show")}>
        {tracks > 0 && <li>{tn("closing.tracks", tracks)}</li>}
        {releases > 0 && <li>{tn("closing.releases", releases)}</li>}
        {shows > 0 && <li>{tn("closing.shows", shows)}</li>}
        {followers > 0 && <li>{tn("closing.followers", followers)}</li>}
        <li>{tn("closing.members", members)}</li>
      </ul>
      <ByName profile={profile} days={days} onKeep={onKeep} />
    </>
  );
}

function ByName({ profile, days, onKeep }: { profile: Profile; days: number; onKeep: () => void }) {
  const router = useRouter();
  const [typed, setTyped] = useState("");
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const { id, name } = profile;
  const submit = useSubmit(["name"], async () => {
    await closeProfile(id, typed);
    say(t("closing.done", { name }));
    await router.navigate({ to: "/studio", search: { view: "artists" } });
  });
  return (
    <form className={styles.closing} onSubmit={submit.onSubmit} aria-label={t("closing.title", { name })}>
      <Field label={t("closing.name", { name })} hint={t("closing.nameHint", { days })} error={submit.at("name")}>
        {(ids) => (
          <input
            {...ids}
            ref={input}
            required
            autoComplete="off"
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        )}
      </Field>
      {submit.other && <Problem>{submit.other}</Problem>}
      <div className={styles.tools}>
        <Button type="submit" rests={submit.busy}>
          {submit.busy ? t("account.working") : t("closing.yes", { name })}
        </Button>
        <Button look="quiet" onClick={onKeep}>
          {t("closing.no")}
        </Button>
      </div>
    </form>
  );
}
