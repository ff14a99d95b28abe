import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useRouter } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { askModerators, beginClaim, claimQuery, lookAtSite, sendClaimMail, withdrawClaim } from "../../api/claims";
import { wordsOf } from "../../api/client";
import { profileQuery } from "../../api/profiles";
import type { Claim, ProfileRef } from "../../api/types";
import { t } from "../../lib/messages";
import { dayInWords } from "../../lib/time";
import { AllowanceNote } from "../../ui/AllowanceNote";
import { Button, buttonClass, Field, inputClass, Problem } from "../../ui/controls";
import { Heading } from "../../ui/Heading";
import { say } from "../../ui/said";
import { SkeletonRows, Waiting } from "../../ui/Skeleton";
import { useSubmit } from "../../ui/useSubmit";
import styles from "./Claims.module.css";
import { pathOf } from "./pathOf";
import "./words";

const route = getRouteApi("/claim/$id");

/** The ways to show that a page is one's own, the automatic ones first. */
export function ClaimPage() {
  const { id } = route.useParams();
  const { data: profile } = useSuspenseQuery(profileQuery(id));
  const claim = useQuery(claimQuery(id));
  const { name } = profile;
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <Heading title={t("claim.title", { name })} className={styles.title} />
        <p className="lead">{t(profile.claimable ? "claim.lead" : "claim.owned", { name })}</p>
      </header>
      {claim.isPending ? (
        <Waiting>
          <SkeletonRows count={2} />
        </Waiting>
      ) : (
        <Current profile={profile} claim={claim.data ?? null} />
      )}
    </div>
  );
}

function Current({ profile, claim }: { profile: ProfileRef; claim: Claim | null }) {
  if (claim?.status === "open" || claim?.status === "waiting") return <Ways claim={claim} />;
  if (claim?.status === "granted") return <Granted profile={profile} />;
  return <Begin profile={profile} refused={claim} />;
}

function Granted({ profile }: { profile: ProfileRef }) {
  return (
    <section className={styles.way}>
      <h2>{t("claim.yours", { name: profile.name })}</h2>
      <Link to={pathOf(profile)} className={buttonClass("hot")}>
        {profile.name}
      </Link>
    </section>
  );
}

function Begin({ profile, refused }: { profile: ProfileRef; refused: Claim | null }) {
  const form = useSubmit([], async () => void (await beginClaim(profile.id)));
  return (
    <form className={styles.head} onSubmit={form.onSubmit}>
      {refused && <p>{t("claim.refused")}</p>}
      {refused?.answer && <p className={styles.said}>{t("claim.answer", { answer: refused.answer })}</p>}
      <Button type="submit" look="hot" rests={form.busy}>
        {t(refused ? "claim.again" : "claim.begin")}
      </Button>
      <AllowanceNote what="claims" />
      {form.other && <Problem>{form.other}</Problem>}
    </form>
  );
}

function Ways({ claim }: { claim: Claim }) {
  const { claimable, website } = claim.profile;
  return (
    <>
      {claimable && website && <BySite claim={claim} website={website} />}
      {claimable && claim.mail_domain && <ByMail claim={claim} domain={claim.mail_domain} />}
      <ByWords claim={claim} />
      <Withdraw claim={claim} />
    </>
  );
}

function BySite({ claim, website }: { claim: Claim; website: string }) {
  const router = useRouter();
  const code = useRef<HTMLInputElement>(null);
  const site = website.replace(/^https?:\/\//, "").replace(/\/$/, "");
  const form = useSubmit([], async () => {
    const proved = await lookAtSite(claim.id);
    say(t("claim.yours", { name: proved.profile.name }));
    await router.navigate({ to: pathOf(proved.profile) });
  }, { leaves: true });
  async function copy() {
    code.current?.select();
    try {
      await navigator.clipboard.writeText(claim.code);
      say(t("claim.copied"));
    } catch {
      // It is marked, to be copied by hand.
    }
  }
  return (
    <section className={styles.way} aria-label={t("claim.siteTitle")}>
      <h2>{t("claim.siteTitle")}</h2>
      <p>{t("claim.site", { site })}</p>
      <form className={styles.form} onSubmit={form.onSubmit}>
        <div className={styles.tools}>
          <input
            ref={code}
            className={`${inputClass} ${styles.code}`}
            aria-label={t("claim.code")}
            readOnly
            value={claim.code}
            onFocus={(event) => event.currentTarget.select()}
          />
          <Button onClick={() => void copy()}>{t("claim.copy")}</Button>
        </div>
        <Button type="submit" look="hot" rests={form.busy}>
          {t(form.busy ? "claim.looking" : "claim.look")}
        </Button>
        {form.other && <Problem>{form.other}</Problem>}
      </form>
    </section>
  );
}

function ByMail({ claim, domain }: { claim: Claim; domain: string }) {
  const [email, setEmail] = useState("");
  const [sent, setSent] = useState<string | null>(null);
  const form = useSubmit(["email"], async () => {
    await sendClaimMail(claim.id, email);
    setSent(email);
  });
  return (
    <section className={styles.way} aria-label={t("claim.mailTitle")}>
      <h2>{t("claim.mailTitle")}</h2>
      <p>{t("claim.mail", { domain })}</p>
      <form className={styles.form} onSubmit={form.onSubmit}>
        <Field label={t("claim.address", { domain })} error={form.at("email")}>
          {(ids) => (
            <input {...ids} type="email" required value={email} onChange={(event) => setEmail(event.currentTarget.value)} />
          )}
        </Field>
        <Button type="submit" rests={form.busy}>
          {t("claim.send")}
        </Button>
        {sent && <p role="status">{t("claim.sent", { address: sent })}</p>}
        {form.other && <Problem>{form.other}</Problem>}
      </form>
    </section>
  );
}

function ByWords({ claim }: { claim: Claim }) {
  const [words, setWords] = useState(claim.words);
  const form = useSubmit(["words"], async () => void (await askModerators(claim.id, words)));
  return (
    <section className={styles.way} aria-label={t("claim.wordsTitle")}>
      <h2>{t("claim.wordsTitle")}</h2>
      <form className={styles.form} onSubmit={form.onSubmit}>
        <Field label={t("claim.words")} hint={t("claim.wordsHint")} error={form.at("words")}>
          {(ids) => (
            <textarea {...ids} required maxLength={2000} value={words} onChange={(event) => setWords(event.currentTarget.value)} />
          )}
        </Field>
        <Button type="submit" rests={form.busy}>
          {t("claim.ask")}
        </Button>
        {claim.status === "waiting" && <p role="status">{t("claim.asked")}</p>}
        {form.other && <Problem>{form.other}</Problem>}
      </form>
    </section>
  );
}

function Withdraw({ claim }: { claim: Claim }) {
  async function withdraw() {
    try {
      await withdrawClaim(claim);
      say(t("claim.withdrawn"));
    } catch (error) {
      say(wordsOf(error));
    }
  }
  return (
    <section className={styles.way}>
      <p className="muted small">{t("claim.until", { day: dayInWords(claim.expires_at) })}</p>
      <Button look="quiet" onClick={() => void withdraw()}>
        {t("claim.withdraw")}
      </Button>
    </section>
  );
}
