import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { endSessionsOf, logQuery, personQuery, personsCasesQuery, personsSessionsQuery, setSceneRole } from "../../api/admin";
import { wordsOf } from "../../api/client";
import { meQuery } from "../../api/queries";
import type { Me, PersonDetail, SceneRole } from "../../api/types";
import { SEPARATOR, t, tn } from "../../lib/messages";
import { dayInWords } from "../../lib/time";
import { Button, Field } from "../../ui/controls";
import { More } from "../../ui/More";
import { say } from "../../ui/said";
import { AdminPart, notThere } from "./AdminPart";
import { LogRows } from "./LogRows";
import { Standing } from "./Standing";
import styles from "./Admin.module.css";
import "./words";

const route = getRouteApi("/admin/people/$id");
const ROLES: readonly (SceneRole | "none")[] = ["none", "moderator", "admin"];

export function PersonPage() {
  const { id } = route.useParams();
  const { data: me } = useQuery(meQuery);
  const { data: person } = useQuery(personQuery(id));
  if (!me || !person) return null;
  const facts = [...(person.email ? [person.email] : []), t("admin.joined", { day: dayInWords(person.created_at) }), t(`admin.trust.${person.standing}`)];
  // Nobody deals with themselves or with those above them; the server says so too.
  const mayDeal = person.id !== me.id && (me.scene_role === "admin" || person.scene_role === null);
  return (
    <AdminPart title={person.name} lead={facts.join(SEPARATOR)}>
      <Standing key={person.suspension?.since ?? ""} person={person} mayDeal={mayDeal} />
      <SceneRoleOf person={person} me={me} />
      <Profiles person={person} />
      <Reported person={person} />
      <Sessions person={person} mayDeal={mayDeal} />
      <Done person={person} />
    </AdminPart>
  );
}

function SceneRoleOf({ person, me }: { person: PersonDetail; me: Me }) {
  const [busy, setBusy] = useState(false);
  const now = person.scene_role ?? "none";
  async function change(to: SceneRole | "none") {
    setBusy(true);
    try {
      await setSceneRole(person.id, to === "none" ? null : to);
      say(t("admin.didRole", { name: person.name, role: t(`admin.role.${to}`) }));
    } catch (error) {
      say(wordsOf(error));
    } finally {
      setBusy(false);
    }
  }
  if (me.scene_role !== "admin") {
    return person.scene_role && <p>{t(`admin.role.${person.scene_role}`)}</p>;
  }
  return (
    <div className={styles.form}>
      <Field label={t("admin.roleIn")}>
        {(ids) => (
          <select
            {...ids}
            value={now}
            disabled={busy}
            onChange={(event) => void change(event.currentTarget.value as SceneRole | "none")}
          >
            {ROLES.map((one) => (
              <option key={one} value={one}>
                {t(`admin.role.${one}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
    </div>
  );
}

function Profiles({ person }: { person: PersonDetail }) {
  return (
    <section className={styles.group}>
      <h2>{t("admin.profiles")}</h2>
      {person.profiles.length === 0 ? (
        <p className="muted">{t("admin.noProfiles")}</p>
      ) : (
        <ul className={styles.rows}>
          {person.profiles.map((profile) => (
            <li key={profile.id} className={styles.row}>
              <span className={styles.who}>
                <a href={`/${profile.kind}s/${profile.slug}`}>{profile.name}</a>
                <span className="muted small">{[profile.kind, profile.role].join(SEPARATOR)}</span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Reported({ person }: { person: PersonDetail }) {
  const cases = useInfiniteQuery(personsCasesQuery(person.id));
  const rows = cases.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className={styles.group}>
      <h2>{t("admin.reported")}</h2>
      {notThere(cases) ??
        (rows.length === 0 ? (
          <p className="muted">{t("admin.notReported")}</p>
        ) : (
          <>
            <ul className={styles.rows}>
              {rows.map((one) => (
                <li key={one.id} className={styles.row}>
                  <span className={styles.who}>
                    <Link to="/moderation" search={{ show: one.state, id: one.id }}>
                      {one.title}
                    </Link>
                    <span className="muted small">
                      {[
                        t(one.decision ? `admin.decided.${one.decision}` : "admin.undecided"),
                        tn("admin.reports", one.reports),
                        dayInWords(one.decided_at ?? one.opened_at),
                      ].join(SEPARATOR)}
                    </span>
                  </span>
                </li>
              ))}
            </ul>
            <More {...cases} />
          </>
        ))}
    </section>
  );
}

function Sessions({ person, mayDeal }: { person: PersonDetail; mayDeal: boolean }) {
  const sessions = useInfiniteQuery(personsSessionsQuery(person.id));
  const [busy, setBusy] = useState(false);
  const rows = sessions.data?.pages.flatMap((page) => page.items) ?? [];
  async function end() {
    setBusy(true);
    try {
      await endSessionsOf(person.id);
      say(t("admin.didEnd", { name: person.name }));
    } catch (error) {
      say(wordsOf(error));
    } finally {
      setBusy(false);
    }
  }
  return (
    <section className={styles.group}>
      <h2>{t("admin.signedIn")}</h2>
      {notThere(sessions) ??
        (rows.length === 0 ? (
          <p className="muted">{t("admin.nowhere")}</p>
        ) : (
          <>
            <ul className={styles.rows}>
              {rows.map((one) => (
                <li key={one.id} className={styles.row}>
                  <span className={styles.who}>
                    <strong>{one.device || t("admin.unknownDevice")}</strong>
                    <span className="muted small">
                      {t("admin.session", { since: dayInWords(one.created_at), seen: dayInWords(one.last_seen_at) })}
                    </span>
                  </span>
                </li>
              ))}
            </ul>
            <More {...sessions} />
            {mayDeal && (
              <Button look="quiet" rests={busy} onClick={() => void end()}>
                {t("admin.endSessions")}
              </Button>
            )}
          </>
        ))}
    </section>
  );
}

function Done({ person }: { person: PersonDetail }) {
  const log = useInfiniteQuery(logQuery({ subject: person.id }));
  const rows = log.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className={styles.group}>
      <h2>{t("admin.about")}</h2>
      {notThere(log) ??
        (rows.length === 0 ? (
          <p className="muted">{t("admin.nothingDone")}</p>
        ) : (
          <>
            <LogRows rows={rows} />
            <More {...log} />
          </>
        ))}
    </section>
  );
}
