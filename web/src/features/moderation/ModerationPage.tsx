import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useRouter } from "@tanstack/react-router";
import { useEffect, useRef, type KeyboardEvent } from "react";
import { wordsOf } from "../../api/client";
import { meQuery } from "../../api/queries";
import { casesQuery, claimCase } from "../../api/safety";
import type { Case } from "../../api/types";
import { SEPARATOR, t, tn } from "../../lib/messages";
import { useStore } from "../../lib/store";
import { singleKeys } from "../../lib/singleKeys";
import { dayInWords } from "../../lib/time";
import { Choice } from "../../ui/Choice";
import { buttonClass } from "../../ui/controls";
import { ErrorNote } from "../../ui/ErrorNote";
import { Heading } from "../../ui/Heading";
import { More } from "../../ui/More";
import { say } from "../../ui/said";
import { SkeletonRows, Waiting } from "../../ui/Skeleton";
import { CaseView } from "./CaseView";
import styles from "./Moderation.module.css";
import "../../ui/safety/words";
import "./words";

const route = getRouteApi("/moderation");
const STATES = ["open", "claimed", "decided"] as const;

/** What was reported, for those who look after the scene. */
export function ModerationPage() {
  const { data: me } = useQuery(meQuery);
  const { show = "open", id } = route.useSearch();
  const router = useRouter();
  const go = (search: { show?: Case["state"]; id?: string }) => void router.navigate({ to: "/moderation", search });
  if (!me?.scene_role) {
    return (
      <div className={styles.page}>
        <Heading title={t("mod.title")} />
        <p className="lead">{t("mod.only")}</p>
        <p>
          <Link to="/" className={buttonClass()}>
            {t("report.home")}
          </Link>
        </p>
      </div>
    );
  }
  if (id) return <CaseView key={id} id={id} me={me} onBack={() => go({ show })} />;
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <Heading title={t("mod.title")} />
        <p className="muted">{t("mod.lead")}</p>
        <p>
          <Link to="/claims">{t("mod.toClaims")}</Link>
        </p>
      </header>
      <Choice
        label={t("mod.state")}
        options={STATES.map((value) => ({ value, label: t(`mod.${value}`) }))}
        value={show}
        onChange={(value) => go({ show: value })}
      />
      <Cases key={show} state={show} onOpen={(one) => go({ show, id: one })} />
    </div>
  );
}

function Cases({ state, onOpen }: { state: Case["state"]; onOpen: (id: string) => void }) {
  const cases = useInfiniteQuery(casesQuery(state));
  const list = useRef<HTMLUListElement>(null);
  const keysOn = useStore(singleKeys, (now) => now.on);
  // Whoever works through the queue begins at its top without a pointer.
  useEffect(() => {
    if (!keysOn) return;
    const onKey = (event: globalThis.KeyboardEvent) => {
      const within = event.target instanceof Element && event.target.closest("input, textarea, select, dialog");
      if (event.key !== "j" || within || list.current?.contains(document.activeElement)) return;
      event.stopPropagation();
      list.current?.querySelector("button")?.focus();
    };
    document.addEventListener("keydown", onKey, true);
    return () => document.removeEventListener("keydown", onKey, true);
  }, [keysOn]);
  if (cases.isPending) {
    return (
      <Waiting>
        <SkeletonRows count={4} />
      </Waiting>
    );
  }
  if (cases.isError) {
    return (
      <ErrorNote title={t("mod.failed")} onRetry={() => void cases.refetch()} busy={cases.isFetching}>
        {wordsOf(cases.error)}
      </ErrorNote>
    );
  }
  const items = cases.data.pages.flatMap((page) => page.items);
  if (!items.length) return <p className="muted">{t("mod.none")}</p>;
  function onKeyDown(event: KeyboardEvent<HTMLUListElement>) {
    if (!keysOn || event.ctrlKey || event.metaKey || event.altKey) return;
    const buttons = [...event.currentTarget.querySelectorAll("button")];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const step = { j: 1, k: -1 }[event.key];
    if (step) {
      event.preventDefault();
      event.nativeEvent.stopImmediatePropagation();
      buttons[Math.min(Math.max(at + step, 0), buttons.length - 1)]?.focus();
    } else if (event.key === "c" && items[at]) {
      event.preventDefault();
      claimCase(items[at].id).then(
        () => say(t("mod.claimed.did")),
        (error: unknown) => say(wordsOf(error)),
      );
    }
  }
  return (
    <div>
      <p className="muted small">{t("mod.keys")}</p>
      {/* The keys are those of the buttons in it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <ul ref={list} className={styles.cases} onKeyDown={onKeyDown} aria-label={t(`mod.${state}`)}>
        {items.map((one) => (
          <li key={one.id} className={styles.case}>
            <button type="button" className={styles.open} onClick={() => onOpen(one.id)}>
              <CaseLine one={one} />
            </button>
          </li>
        ))}
      </ul>
      <More {...cases} />
    </div>
  );
}

function CaseLine({ one }: { one: Case }) {
  const facts = [
    one.party_name ? t("mod.of", { name: one.party_name }) : t("mod.gone"),
    ...one.reasons.map((reason) => t(`report.reason.${reason}`)),
  ];
  const state = one.appealed_at && one.state !== "decided" ? [t("mod.appeal")] : [];
  const by = one.claimed_by_name ? [t("mod.takenBy", { name: one.claimed_by_name })] : [];
  const done = one.state === "decided" && one.decision ? [t(`mod.decision.${one.decision}`)] : [];
  return (
    <>
      <span className={styles.what}>
        <strong>{one.title}</strong>
        <span className="muted small">{facts.join(SEPARATOR)}</span>
      </span>
      <span className={`${styles.count} small`}>
        {[...state, ...by, ...done, tn("mod.reports", one.reports), dayInWords(one.opened_at)].join(SEPARATOR)}
      </span>
    </>
  );
}
