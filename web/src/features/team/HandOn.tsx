import { useInfiniteQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { wordsOf } from "../../api/client";
import { handOn, membersQuery } from "../../api/teams";
import type { Profile } from "../../api/types";
import { t } from "../../lib/messages";
import { Button, Field, inputClass, Problem } from "../../ui/controls";
import { say } from "../../ui/said";
import { roleName, ROLES } from "./roles";
import styles from "./Team.module.css";
import "./words";

const LOWER = ROLES.filter((role) => role !== "owner");
type Lower = (typeof LOWER)[number];

/** An owner makes somebody of the team the owner in their place; asked twice, since they can't undo it alone. */
export function HandOn({ profile, me }: { profile: Profile; me: string }) {
  const router = useRouter();
  const members = useInfiniteQuery(membersQuery(profile.id));
  const others = (members.data?.pages.flatMap((page) => page.items) ?? []).flatMap(({ account_id, name }) =>
    // Who has no name any more is about to leave for good.
    account_id === me || name === null ? [] : [{ account_id, name }],
  );
  const [to, setTo] = useState<string | null>(null);
  const [stayAs, setStayAs] = useState<Lower | "">("manager");
  const [asked, setAsked] = useState<boolean | null>(null);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const ask = useRef<HTMLButtonElement>(null);
  const yes = useRef<HTMLButtonElement>(null);
  // The focus goes to the question and comes back from it.
  useEffect(() => {
    if (asked !== null) (asked ? yes : ask).current?.focus();
  }, [asked]);
  const heir = others.find(({ account_id }) => account_id === to) ?? others[0];
  const { name } = profile;

  async function go() {
    if (!heir) return;
    setBusy(true);
    setRefused(null);
    try {
      await handOn(profile.id, heir.account_id, stayAs || null);
      say(t("handOn.done", { name, to: heir.name }));
      if (!stayAs) await router.navigate({ to: "/studio" });
    } catch (error) {
      setAsked(false);
      setRefused(wordsOf(error));
    } finally {
      setBusy(false);
    }
  }
  return (
    <section className={styles.group} aria-label={t("handOn.title", { name })}>
      <h2>{t("handOn.title", { name })}</h2>
      <p className="muted">{t(members.data && !heir ? "handOn.alone" : "handOn.lead")}</p>
      {heir && asked && (
        <div role="group" aria-label={t("handOn.title", { name })} className={styles.ask}>
          <p>{t("handOn.sure", { name, to: heir.name })}</p>
          <div className={styles.tools}>
            <Button ref={yes} rests={busy} onClick={() => void go()}>
              {t("handOn.yes", { name, to: heir.name })}
            </Button>
            <Button look="quiet" onClick={() => setAsked(false)}>
              {t("handOn.no")}
            </Button>
          </div>
        </div>
      )}
      {heir && !asked && (
        <>
          <Field label={t("handOn.to")}>
            {(ids) => (
              <select
                {...ids}
                className={inputClass}
                value={heir.account_id}
                onChange={(event) => setTo(event.currentTarget.value)}
              >
                {others.map((one) => (
                  <option key={one.account_id} value={one.account_id}>
                    {one.name}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field label={t("handOn.stayAs")}>
            {(ids) => (
              <select
                {...ids}
                className={inputClass}
                value={stayAs}
                onChange={(event) => setStayAs(event.currentTarget.value as Lower | "")}
              >
                {LOWER.map((role) => (
                  <option key={role} value={role}>
                    {roleName(role)}
                  </option>
                ))}
                <option value="">{t("handOn.leave")}</option>
              </select>
            )}
          </Field>
          <div className={styles.tools}>
            <Button ref={ask} onClick={() => setAsked(true)}>
              {t("handOn.ask")}
            </Button>
          </div>
        </>
      )}
      {refused && <Problem>{refused}</Problem>}
    </section>
  );
}
