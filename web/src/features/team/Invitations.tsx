import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useId, useRef, useState } from "react";
import { wordsOf } from "../../api/client";
import { invitationsQuery, invite, takeBackInvitation } from "../../api/teams";
import type { Invitation, NewInvitation, Profile, ProfileRole } from "../../api/types";
import { t } from "../../lib/messages";
import { dayInWords } from "../../lib/time";
import { Button, Field, hintClass, inputClass, labelClass, Problem } from "../../ui/controls";
import { More } from "../../ui/More";
import { say } from "../../ui/said";
import { share } from "../../ui/share";
import { useSubmit } from "../../ui/useSubmit";
import { roleHint, roleName, rolesToGive } from "./roles";
import styles from "./Team.module.css";
import "./words";

/** Making links that let one person in, and taking back those that are open. */
export function Invitations({ profile }: { profile: Profile }) {
  const [made, setMade] = useState<NewInvitation | null>(null);
  return (
    <section className={styles.group} aria-label={t("team.inviteTitle")}>
      <h2>{t("team.inviteTitle")}</h2>
      <InviteForm profile={profile} onMade={setMade} />
      {made?.link && <Link key={made.id} made={made} link={made.link} profile={profile} />}
      <Open profile={profile} onTakenBack={(id) => setMade((now) => (now?.id === id ? null : now))} />
    </section>
  );
}

function InviteForm({ profile, onMade }: { profile: Profile; onMade: (made: NewInvitation) => void }) {
  const id = useId();
  const roles = rolesToGive(profile.role);
  const [role, setRole] = useState<ProfileRole>("member");
  const [email, setEmail] = useState("");
  const form = useSubmit(["email"], async () => {
    const made = await invite(profile.id, role, email.trim());
    onMade(made);
    setEmail("");
    if (made.address) say(t("team.mailed", { address: made.address }));
  });
  return (
    <form className={styles.invite} onSubmit={form.onSubmit}>
      <label className={labelClass} htmlFor={`${id}-role`}>
        {t("team.inviteRole")}
      </label>
      <div className={styles.tools}>
        <select
          id={`${id}-role`}
          className={inputClass}
          aria-describedby={`${id}-hint`}
          value={role}
          onChange={(event) => setRole(event.currentTarget.value as ProfileRole)}
        >
          {roles.map((one) => (
            <option key={one} value={one}>
              {roleName(one)}
            </option>
          ))}
        </select>
        <Button type="submit" look="hot" rests={form.busy}>
          {t("team.invite")}
        </Button>
      </div>
      <Field label={t("team.inviteMail")} hint={t("team.inviteMailHint")} error={form.at("email")}>
        {(ids) => (
          <input {...ids} type="email" value={email} onChange={(event) => setEmail(event.currentTarget.value)} />
        )}
      </Field>
      <p id={`${id}-hint`} className={hintClass}>
        {roleHint(role)} {t("team.inviteHint")}
      </p>
      {form.other && <Problem>{form.other}</Problem>}
    </form>
  );
}

/** The only time that the link is shown. */
function Link({ made, link, profile }: { made: NewInvitation; link: string; profile: Profile }) {
  const label = t("team.link", { role: roleName(made.role).toLowerCase() });
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const send = () => share({ title: t("team.shareTitle", { name: profile.name }), url: link });
  return (
    <div className={styles.link}>
      <input
        ref={field}
        className={inputClass}
        aria-label={label}
        readOnly
        value={link}
        onFocus={(event) => event.currentTarget.select()}
      />
      <Button onClick={() => void send()}>{t("team.send")}</Button>
    </div>
  );
}

function Open({ profile, onTakenBack }: { profile: Profile; onTakenBack: (id: string) => void }) {
  const open = useInfiniteQuery(invitationsQuery(profile.id));
  const rows = open.data?.pages.flatMap((page) => page.items) ?? [];
  if (rows.length === 0) return null;
  return (
    <>
      <h3>{t("team.open")}</h3>
      <ul className={styles.rows}>
        {rows.map((one) => (
          <OpenRow key={one.id} invitation={one} profile={profile} onTakenBack={onTakenBack} />
        ))}
      </ul>
      <More {...open} />
    </>
  );
}

interface OpenRowProps {
  invitation: Invitation;
  profile: Profile;
  onTakenBack: (id: string) => void;
}

function OpenRow({ invitation, profile, onTakenBack }: OpenRowProps) {
  const [busy, setBusy] = useState(false);
  const role = roleName(invitation.role);
  async function takeBack() {
    setBusy(true);
    try {
      await takeBackInvitation(profile.id, invitation.id);
      onTakenBack(invitation.id);
      say(t("team.tookBack"));
    } catch (error) {
      say(wordsOf(error));
      setBusy(false);
    }
  }
  return (
    <li className={styles.row}>
      <span className={styles.who}>
        {invitation.invited_by === null
          ? t("team.openUntilLeaving", { role, day: dayInWords(invitation.expires_at) })
          : t("team.openUntil", { role, name: invitation.invited_by, day: dayInWords(invitation.expires_at) })}
        {invitation.address && <span className="muted small">{t("team.sentTo", { address: invitation.address })}</span>}
      </span>
      <Button
        size="small"
        look="quiet"
        rests={busy}
        aria-label={t("team.takeBackLabel", { role: role.toLowerCase() })}
        onClick={() => void takeBack()}
      >
        {t("team.takeBack")}
      </Button>
    </li>
  );
}
