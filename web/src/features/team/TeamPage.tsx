import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useRouter } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { wordsOf } from "../../api/client";
import { meQuery } from "../../api/queries";
import { changeRole, leaveProfile, membersQuery, removeMember } from "../../api/teams";
import type { Me, Member, Profile, ProfileRole } from "../../api/types";
import { SEPARATOR, t } from "../../lib/messages";
import { dayInWords } from "../../lib/time";
import { Button, inputClass, Problem } from "../../ui/controls";
import { ErrorNote } from "../../ui/ErrorNote";
import { Heading } from "../../ui/Heading";
import { KeepButton } from "../../ui/keep/KeepButton";
import { More } from "../../ui/More";
import { SafetyMenu } from "../../ui/safety/SafetyMenu";
import { say } from "../../ui/said";
import { SkeletonRows, Waiting } from "../../ui/Skeleton";
import { Closing } from "./Closing";
import { HandOn } from "./HandOn";
import { Invitations } from "./Invitations";
import { mayManage, roleName, rolesToGive } from "./roles";
import styles from "./Team.module.css";
import "./words";

const route = getRouteApi("/studio/team/$id");

/** Who acts for a profile, and as what. */
export function TeamPage() {
  const { id } = route.useParams();
  const { data: me } = useQuery(meQuery);
  const profile = me?.profiles.find((one) => one.id === id);
  if (!me || !profile) return null;
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <Heading title={t("team.title", { name: profile.name })} className={styles.title} />
        <p className="muted">{t("team.lead", { name: profile.name })}</p>
      </header>
      <Members me={me} profile={profile} />
      {rolesToGive(profile.role).length > 0 && <Invitations profile={profile} />}
      {profile.role === "owner" && <HandOn profile={profile} me={me.id} />}
      <Leave profile={profile} />
      {profile.role === "owner" && <Closing profile={profile} />}
      <p>
        <Link to="/studio" search={{ view: "artists" }}>
          {t("nav.studio")}
        </Link>
      </p>
    </div>
  );
}

function Members({ me, profile }: { me: Me; profile: Profile }) {
  const members = useInfiniteQuery(membersQuery(profile.id));
  if (members.isPending) {
    return (
      <Waiting>
        <SkeletonRows count={3} />
      </Waiting>
    );
  }
  if (members.isError) {
    return (
      <ErrorNote title={t("team.failed")} onRetry={() => void members.refetch()} busy={members.isFetching}>
        {wordsOf(members.error)}
      </ErrorNote>
    );
  }
  return (
    <section className={styles.group} aria-label={t("team.members")}>
      <h2>{t("team.members")}</h2>
      <ul className={styles.rows}>
        {members.data.pages
          .flatMap((page) => page.items)
          .map((member) => (
            <MemberRow key={member.account_id} member={member} profile={profile} own={member.account_id === me.id} />
          ))}
      </ul>
      <More {...members} />
    </section>
  );
}

function MemberRow({ member, profile, own }: { member: Member; profile: Profile; own: boolean }) {
  const [busy, setBusy] = useState(false);
  const { role } = member;
  const name = member.name ?? t("team.leaving");
  const manages = !own && mayManage(profile.role, role);
  async function run(act: () => Promise<void>, done: string) {
    setBusy(true);
    try {
      await act();
      say(done);
    } catch (error) {
      say(wordsOf(error));
    } finally {
      setBusy(false);
    }
  }
  const change = (to: ProfileRole) =>
    run(() => changeRole(profile.id, member.account_id, to), t("team.changed", { name, role: roleName(to) }));
  const remove = () => run(() => removeMember(profile.id, member.account_id), t("team.removed", { name }));
  const facts = [t("team.since", { day: dayInWords(member.since) }), ...(own ? [t("team.you")] : [])];
  return (
    <li className={styles.row}>
      <span className={styles.who}>
        <strong>{name}</strong>
        <span className="muted small">{facts.join(SEPARATOR)}</span>
      </span>
      {manages ? (
        <span className={styles.tools}>
          <select
            className={inputClass}
            aria-label={t("team.roleOf", { name })}
            value={role}
            disabled={busy}
            onChange={(event) => void change(event.currentTarget.value as ProfileRole)}
          >
            {rolesToGive(profile.role).map((one) => (
              <option key={one} value={one}>
                {roleName(one)}
              </option>
            ))}
          </select>
          <Button
            size="small"
            look="quiet"
            rests={busy}
            aria-label={t("team.removeLabel", { name })}
            onClick={() => void remove()}
          >
            {t("team.remove")}
          </Button>
        </span>
      ) : (
        <span className={styles.role}>{roleName(role)}</span>
      )}
      {!own && member.name !== null && <Toward member={member} name={member.name} />}
    </li>
  );
}

/** What one may do about a person as such: persons have no page of their own. */
function Toward({ member, name }: { member: Member; name: string }) {
  const { account_id: id, followable, following } = member;
  return (
    <span className={styles.tools}>
      {(followable || following) && <KeepButton thing={{ kind: "person", item: { id, slug: "", name, following } }} />}
      <SafetyMenu thing={{ kind: "person", id, name }} own={false} />
    </span>
  );
}

/** Going is asked twice: there is no way back but an invitation. */
function Leave({ profile }: { profile: Profile }) {
  const router = useRouter();
  const [asked, setAsked] = useState<boolean | null>(null);
  const leave = useRef<HTMLButtonElement>(null);
  const yes = useRef<HTMLButtonElement>(null);
  // The focus goes to the question and comes back from it.
  useEffect(() => {
    if (asked !== null) (asked ? yes : leave).current?.focus();
  }, [asked]);
  const [refused, setRefused] = useState<string | null>(null);
  const { name } = profile;
  async function go() {
    try {
      await leaveProfile(profile.id);
      say(t("team.left", { name }));
      await router.navigate({ to: "/studio" });
    } catch (error) {
      setAsked(false);
      setRefused(wordsOf(error));
    }
  }
  return (
    <section className={styles.group}>
      {asked ? (
        <div role="group" aria-label={t("team.leave", { name })} className={styles.ask}>
          <p>{t("team.leaveSure", { name })}</p>
          <div className={styles.tools}>
            <Button ref={yes} onClick={() => void go()}>
              {t("team.leaveYes")}
            </Button>
            <Button look="quiet" onClick={() => setAsked(false)}>
              {t("team.leaveNo")}
            </Button>
          </div>
        </div>
      ) : (
        <Button ref={leave} look="quiet" onClick={() => setAsked(true)}>
          {t("team.leave", { name })}
        </Button>
      )}
      {refused && <Problem>{refused}</Problem>}
    </section>
  );
}
