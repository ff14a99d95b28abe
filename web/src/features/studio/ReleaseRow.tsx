import { Link } from "@tanstack/react-router";
import { Suspense, useRef, useState } from "react";
import type { Release } from "../../api/types";
import { changeRelease, publishRelease } from "../../api/works";
import { SEPARATOR, t, tn } from "../../lib/messages";
import { short } from "../../lib/short";
import { dayInWords } from "../../lib/time";
import { Cover } from "../../ui/Cover";
import { Button, Problem } from "../../ui/controls";
import { say } from "../../ui/said";
import { ReleaseForm } from "./ReleaseForm";
import styles from "./Rows.module.css";
import { TrackOrder } from "./TrackOrder";
import { useTurns } from "./turns";
import "./words";

/** One of my releases: what it is called, its tracks in their order, and putting it out with them. */
export function ReleaseRow({ release }: { release: Release }) {
  const { inTurn, press, busy, error } = useTurns();
  const [open, setOpen] = useState<"form" | "tracks" | null>(null);
  const edit = useRef<HTMLButtonElement>(null);
  const { id, title } = release;
  const isDraft = release.publication === "draft";
  const facts = [
    t(`kind.${release.kind}`),
    tn("tracks", release.track_count),
    release.released_on && dayInWords(release.released_on),
    isDraft && t("studio.releaseDraft"),
  ];
  const toggle = (which: "form" | "tracks") => setOpen(open === which ? null : which);

  function done() {
    edit.current?.focus();
    setOpen(null);
  }
  return (
    <li className={styles.release}>
      <div className={styles.head}>
        <span className={styles.cover}>
          <Cover cover={release.cover} seed={id} size="small" />
        </span>
        <div className={styles.names}>
          <Link to="/releases/$id" params={{ id }} className={styles.title}>
            {title}
          </Link>
          <span className={styles.facts}>{facts.filter(Boolean).join(SEPARATOR)}</span>
        </div>
        <div className={styles.tools}>
          <Button
            ref={edit}
            size="small"
            look="quiet"
            aria-expanded={open === "form"}
            aria-label={t("studio.editLabel", { name: title })}
            onClick={() => toggle("form")}
          >
            {t("studio.edit")}
          </Button>
          {release.track_count > 0 && (
            <Button
              size="small"
              look="quiet"
              aria-expanded={open === "tracks"}
              aria-label={t("studio.orderLabel", { title })}
              onClick={() => toggle("tracks")}
            >
              {t("studio.order")}
            </Button>
          )}
          {isDraft && (
            <Button
              size="small"
              look="hot"
              rests={busy || release.track_count === 0}
              aria-label={t("studio.publishLabel", { title })}
              onClick={() =>
                void press(
                  () => publishRelease(id),
                  (out) => t("studio.saidReleaseOut", { title: short(out.title), tracks: tn("tracks", out.track_count) }),
                )
              }
            >
              {t("studio.publish")}
            </Button>
          )}
        </div>
      </div>
      {error && <Problem>{error}</Problem>}
      {open === "form" && (
        <ReleaseForm
          release={release}
          label={t("studio.editLabel", { name: title })}
          submitWords={t("studio.save")}
          onDone={done}
          onSubmit={async (answers) => {
            await inTurn(() => changeRelease(id, answers));
            say(t("studio.saidChanged", { name: short(answers.title) }));
          }}
        />
      )}
      {open === "tracks" && (
        <Suspense fallback={<p role="status">{t("list.loading")}</p>}>
          <TrackOrder release={release} />
        </Suspense>
      )}
    </li>
  );
}
