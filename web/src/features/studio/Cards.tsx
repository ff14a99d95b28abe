import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Suspense, useRef, useState } from "react";
import { changeOrganiser, changeVenue, organiserQuery, venueQuery } from "../../api/profiles";
import { meQuery } from "../../api/queries";
import type { Profile } from "../../api/types";
import { t } from "../../lib/messages";
import { short } from "../../lib/short";
import { Button, buttonClass } from "../../ui/controls";
import { say } from "../../ui/said";
import { CardForm } from "./CardForm";
import styles from "./Rows.module.css";
import "./words";

/** The venues and organisers that one acts for; or the one that one acts as. */
export function Cards({ only }: { only?: Profile }) {
  const { data: me } = useQuery(meQuery);
  const all = me?.profiles.filter(({ kind }) => kind === "venue" || kind === "organiser") ?? [];
  const cards = only ? all.filter(({ id }) => id === only.id) : all;
  return (
    <section className={styles.group}>
      <h2 className={styles.groupName}>{t("studio.cards")}</h2>
      {cards.length > 0 && (
        <ul className={styles.rows} aria-label={t("studio.cards")}>
          {cards.map((card) => (
            <CardRow key={card.id} card={card} />
          ))}
        </ul>
      )}
      <div className={styles.tools}>
        <Link to="/studio/new-venue" className={buttonClass()}>
          {t("studio.newVenue")}
        </Link>
        <Link to="/studio/new-organiser" className={buttonClass()}>
          {t("studio.newOrganiser")}
        </Link>
      </div>
    </section>
  );
}

function CardRow({ card }: { card: Profile }) {
  const [editing, setEditing] = useState(false);
  const edit = useRef<HTMLButtonElement>(null);
  const { id, kind, name, slug } = card;
  function done() {
    edit.current?.focus();
    setEditing(false);
  }
  return (
    <li className={styles.release}>
      <div className={styles.head}>
        <div className={styles.names}>
          <Link to={kind === "venue" ? "/venues/$slug" : "/organisers/$slug"} params={{ slug }} className={styles.title}>
            {name}
          </Link>
        </div>
        <div className={styles.tools}>
          <Link
            to="/studio/team/$id"
            params={{ id }}
            className={buttonClass("quiet", "small")}
            aria-label={t("studio.teamLabel", { name })}
          >
            {t("studio.team")}
          </Link>
          <Button
            ref={edit}
            size="small"
            look="quiet"
            aria-expanded={editing}
            aria-label={t("studio.editLabel", { name })}
            onClick={() => setEditing(!editing)}
          >
            {t("studio.edit")}
          </Button>
        </div>
      </div>
      {editing && (
        <Suspense fallback={<p role="status">{t("list.loading")}</p>}>
          {kind === "venue" ? <EditVenue id={id} onDone={done} /> : <EditOrganiser id={id} onDone={done} />}
        </Suspense>
      )}
    </li>
  );
}

function EditVenue({ id, onDone }: { id: string; onDone: () => void }) {
  const { data: venue } = useSuspenseQuery(venueQuery(id));
  return (
    <CardForm
      card={venue}
      organiser={false}
      submitWords={t("studio.save")}
      onCancel={onDone}
      onSubmit={async ({ type: _type, ...answers }) => {
        await changeVenue(id, answers);
        say(t("studio.saidChanged", { name: short(answers.name) }));
        onDone();
      }}
    />
  );
}

function EditOrganiser({ id, onDone }: { id: string; onDone: () => void }) {
  const { data: organiser } = useSuspenseQuery(organiserQuery(id));
  return (
    <CardForm
      card={organiser}
      organiser
      submitWords={t("studio.save")}
      onCancel={onDone}
      onSubmit={async (answers) => {
        await changeOrganiser(id, answers);
        say(t("studio.saidChanged", { name: short(answers.name) }));
        onDone();
      }}
    />
  );
}
