import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useRouter } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { peopleQuery } from "../../api/admin";
import { meQuery } from "../../api/queries";
import type { Among, Person } from "../../api/types";
import { SEPARATOR, t } from "../../lib/messages";
import { dayInWords } from "../../lib/time";
import { Choice } from "../../ui/Choice";
import { Field } from "../../ui/controls";
import { Empty } from "../../ui/Empty";
import { More } from "../../ui/More";
import { AdminPart, notThere } from "./AdminPart";
import styles from "./Admin.module.css";
import "./words";

const route = getRouteApi("/admin");
const AMONG: readonly Among[] = ["everybody", "team", "suspended"];
/** So long nothing more was typed: then it is a word. */
const TYPED_MS = 250;

/** Everybody with an account, newest first. */
export function PeoplePage() {
  const router = useRouter();
  const { q = "", among = "everybody" } = route.useSearch();
  const { data: me } = useQuery(meQuery);
  const [words, setWords] = useState(q);
  useEffect(() => {
    const typed = words.trim();
    if (typed === q) return;
    const later = setTimeout(
      () => void router.navigate({ to: "/admin", search: { q: typed || undefined, among }, replace: true, viewTransition: false, resetScroll: false }),
      TYPED_MS,
    );
    return () => clearTimeout(later);
  }, [words, q, among, router]);
  const people = useInfiniteQuery({ ...peopleQuery(q, among), placeholderData: keepPreviousData });
  const rows = people.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <AdminPart title={t("admin.people")}>
      <search className={styles.filters}>
        <Field
          label={t("admin.search")}
          hint={me?.scene_role === "admin" ? t("admin.searchHint") : t("admin.searchHintNames")}
        >
          {(ids) => (
            <input
              {...ids}
              type="search"
              autoComplete="off"
              maxLength={200}
              value={words}
              onChange={(event) => setWords(event.currentTarget.value)}
            />
          )}
        </Field>
        <Choice
          label={t("admin.among")}
          options={AMONG.map((value) => ({ value, label: t(`admin.among.${value}`) }))}
          value={among}
          onChange={(value) =>
            void router.navigate({ to: "/admin", search: { q: q || undefined, among: value }, replace: true, viewTransition: false, resetScroll: false })
          }
        />
      </search>
      {notThere(people) ??
        (rows.length === 0 ? (
          <Empty title={t("admin.nobodyTitle")}>{t("admin.nobody")}</Empty>
        ) : (
          <div className={styles.group}>
            <ul className={styles.rows}>
              {rows.map((person) => (
                <PersonRow key={person.id} person={person} />
              ))}
            </ul>
            <More {...people} />
          </div>
        ))}
    </AdminPart>
  );
}

function PersonRow({ person }: { person: Person }) {
  const facts = [
    ...(person.email ? [person.email] : []),
    t("admin.joined", { day: dayInWords(person.created_at) }),
    ...(person.scene_role ? [t(`admin.role.${person.scene_role}`)] : []),
  ];
  return (
    <li className={styles.row}>
      <span className={styles.who}>
        <Link to="/admin/people/$id" params={{ id: person.id }}>
          {person.name}
        </Link>
        <span className="muted small">{facts.join(SEPARATOR)}</span>
      </span>
      {person.suspension && (
        <span className={styles.warn}>
          {person.suspension.until
            ? t("admin.suspendedUntil", { day: dayInWords(person.suspension.until) })
            : t("admin.suspended")}
        </span>
      )}
    </li>
  );
}
