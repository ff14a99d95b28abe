import { useQuery } from "@tanstack/react-query";
import { Link, useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { ApiError, wordsOf } from "../../api/client";
import { artistQuery, meQuery } from "../../api/queries";
import { acceptInvitation, offerQuery } from "../../api/teams";
import type { Me, Offer } from "../../api/types";
import { forgetFragment, takeFragment } from "../../lib/fragment";
import { t } from "../../lib/messages";
import { dayInWords } from "../../lib/time";
import actions from "../../ui/Actions.module.css";
import { Cover, tintOf } from "../../ui/Cover";
import { Button, buttonClass, Problem } from "../../ui/controls";
import { Silence } from "../../ui/Empty";
import { ErrorNote } from "../../ui/ErrorNote";
import { Heading } from "../../ui/Heading";
import { Masthead } from "../../ui/Masthead";
import { say } from "../../ui/said";
import { SkeletonRows, Waiting } from "../../ui/Skeleton";
import { useSubmit } from "../../ui/useSubmit";
import { roleName } from "./roles";
import styles from "./Team.module.css";
import "./words";

/** Where an invitation's link leads. */
export function JoinPage() {
  const [token] = useState(takeFragment);
  const offer = useQuery({ ...offerQuery(token ?? ""), enabled: token !== null });
  const { data: me } = useQuery(meQuery);
  if (token === null || (offer.error instanceof ApiError && offer.error.status === 404)) return <Over />;
  if (offer.isError) {
    return (
      <ErrorNote title={t("team.failed")} onRetry={() => void offer.refetch()} busy={offer.isFetching}>
        {wordsOf(offer.error)}
      </ErrorNote>
    );
  }
  if (offer.isPending) {
    return (
      <Waiting>
        <SkeletonRows count={2} />
      </Waiting>
    );
  }
  return <Offered offer={offer.data} token={token} me={me ?? null} />;
}

function Over() {
  return (
    <div className={styles.join}>
      <Silence />
      <Heading title={t("join.goneTitle")} />
      <p className="lead">{t("join.gone")}</p>
      <Link to="/" className={buttonClass("hot")}>
        {t("join.goneAction")}
      </Link>
    </div>
  );
}

function Offered({ offer, token, me }: { offer: Offer; token: string; me: Me | null }) {
  const router = useRouter();
  const form = useSubmit([], async () => {
    await acceptInvitation(token);
    forgetFragment();
    say(t("join.joined", { name: offer.name }));
    await router.navigate({ to: "/studio" });
  }, { leaves: true });
  const role = roleName(offer.role).toLowerCase();
  return (
    <Masthead tint={tintOf(null, offer.party_id)} shape="banner" cover={<Poster offer={offer} />}>
      <p className="small">{t("join.kind")}</p>
      <Heading title={t("join.title", { name: offer.name })} />
      <p className="lead">
        {offer.invited_by === null
          ? t("join.leadLeaving", { name: offer.name, role })
          : t("join.lead", { by: offer.invited_by, name: offer.name, role })}
      </p>
      {me ? (
        <form className={actions.actions} onSubmit={form.onSubmit}>
          <Button type="submit" look="hot" rests={form.busy}>
            {t("join.accept")}
          </Button>
        </form>
      ) : (
        <div className={actions.actions}>
          <Link to="/sign-in" search={{ next: "/join" }} className={buttonClass("hot")}>
            {t("join.signIn")}
          </Link>
          <Link to="/sign-up" search={{ next: "/join" }} className={buttonClass()}>
            {t("join.signUp")}
          </Link>
        </div>
      )}
      {form.other && <Problem>{form.other}</Problem>}
      <p className="muted small">{t("join.until", { day: dayInWords(offer.expires_at) })}</p>
    </Masthead>
  );
}

/** The same as on the artist's own page: its genre is known there. */
function Poster({ offer }: { offer: Offer }) {
  const artist = useQuery({ ...artistQuery(offer.slug), enabled: offer.kind === "artist" });
  if (artist.isLoading) return null;
  return <Cover cover={null} seed={offer.party_id} genre={artist.data?.genres[0]?.slug} size="large" />;
}
