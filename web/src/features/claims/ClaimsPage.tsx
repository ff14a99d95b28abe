import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useId, useState } from "react";
import { decideClaim, freezeProfile, waitingClaimsQuery, type Decision } from "../../api/claims";
import { wordsOf } from "../../api/client";
import type { WaitingClaim } from "../../api/types";
import { t } from "../../lib/messages";
import { dayInWords } from "../../lib/time";
import { Button, Field } from "../../ui/controls";
import { Empty } from "../../ui/Empty";
import { ErrorNote } from "../../ui/ErrorNote";
import { Heading } from "../../ui/Heading";
import { More } from "../../ui/More";
import { say } from "../../ui/said";
import { SkeletonRows, Waiting } from "../../ui/Skeleton";
import styles from "./Claims.module.css";
import { pathOf } from "./pathOf";
import "./words";

/** What the moderators have to decide about. */
export function ClaimsPage() {
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <Heading title={t("claims.title")} className={styles.title} />
        <p className="muted">{t("claims.lead")}</p>
      </header>
      <WaitingClaims />
    </div>
  );
}

function WaitingClaims() {
  const claims = useInfiniteQuery(waitingClaimsQuery);
  if (claims.isPending) {
    return (
      <Waiting>
        <SkeletonRows count={3} />
      </Waiting>
    );
  }
  if (claims.isError) {
    return (
      <ErrorNote title={t("claims.failed")} onRetry={() => void claims.refetch()} busy={claims.isFetching}>
        {wordsOf(claims.error)}
      </ErrorNote>
    );
  }
  const rows = claims.data.pages.flatMap((page) => page.items);
  if (rows.length === 0) return <Empty title={t("claims.noneTitle")}>{t("claims.none")}</Empty>;
  return (
    <>
      <ul aria-label={t("claims.title")}>
        {rows.map((claim) => (
          <ClaimRow key={claim.id} claim={claim} />
        ))}
      </ul>
      <More {...claims} />
    </>
  );
}

function ClaimRow({ claim }: { claim: WaitingClaim }) {
  const [busy, setBusy] = useState(false);
  const [answer, setAnswer] = useState("");
  const id = useId();
  const { profile, claimant } = claim;
  const named = { profile: profile.name, name: claimant };
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
  const decide = (decision: Decision) =>
    void run(
      () => decideClaim(claim.id, decision, answer),
      t(decision === "refused" ? "claims.refusedNow" : "claims.granted", named),
    );
  return (
    <li className={styles.row}>
      <div>
        <h2 id={id}>
          <Link to={pathOf(profile)}>{profile.name}</Link>
        </h2>
        <p className="muted small">{t("claims.by", { name: claimant, day: dayInWords(claim.created_at) })}</p>
      </div>
      <p className={styles.said}>{claim.words}</p>
      <p className="muted small">{t(profile.claimable ? "claims.stub" : "claims.owned")}</p>
      <Field label={t("claims.answer", { name: claimant })}>
        {(ids) => (
          <textarea {...ids} maxLength={2000} value={answer} onChange={(event) => setAnswer(event.currentTarget.value)} />
        )}
      </Field>
      <div className={styles.tools} role="group" aria-labelledby={id}>
        <Button
          look="hot"
          rests={busy}
          aria-label={t(profile.claimable ? "claims.grantLabel" : "claims.shareLabel", named)}
          onClick={() => decide("granted")}
        >
          {t(profile.claimable ? "claims.grant" : "claims.share")}
        </Button>
        {!profile.claimable && (
          <>
            <Button rests={busy} aria-label={t("claims.replaceLabel", named)} onClick={() => decide("replaced")}>
              {t("claims.replace")}
            </Button>
            <Button
              look="quiet"
              rests={busy}
              aria-label={t("claims.freezeLabel", named)}
              onClick={() => void run(() => freezeProfile(profile.id), t("claims.frozen", named))}
            >
              {t("claims.freeze")}
            </Button>
          </>
        )}
        <Button look="quiet" rests={busy} aria-label={t("claims.refuseLabel", named)} onClick={() => decide("refused")}>
          {t("claims.refuse")}
        </Button>
      </div>
    </li>
  );
}
