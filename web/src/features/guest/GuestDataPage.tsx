import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ApiError, wordsOf } from "../../api/client";
import { askForGuestData, eraseGuest, getGuestData } from "../../api/guests";
import type { GuestData } from "../../api/types";
import { forgetFragment, takeFragment } from "../../lib/fragment";
import { t } from "../../lib/messages";
import { Button, buttonClass, Problem } from "../../ui/controls";
import { ErrorNote } from "../../ui/ErrorNote";
import { Heading } from "../../ui/Heading";
import { SkeletonRows, Waiting } from "../../ui/Skeleton";
import { TextField } from "../../ui/TextField";
import { useSubmit } from "../../ui/useSubmit";
import { Gone } from "./Gone";
import styles from "./Guest.module.css";
import "./words";

/** What is kept about a guest: a link is asked for, and shows it. */
export function GuestDataPage() {
  const [token] = useState(() => takeFragment() ?? "");
  return token ? <Kept token={token} /> : <Ask />;
}

function Ask() {
  const [email, setEmail] = useState("");
  const [asked, setAsked] = useState(false);
  const form = useSubmit(["email"], async () => {
    await askForGuestData(email.trim());
    setAsked(true);
  });
  return (
    <div className={styles.page}>
      <Heading title={t("guestData.title")} />
      {asked ? (
        <p role="status">{t("guestData.sent", { email: email.trim() })}</p>
      ) : (
        <form className={styles.form} onSubmit={form.onSubmit}>
          <TextField
            label={t("account.email")}
            hint={t("guestData.ask")}
            error={form.at("email")}
            type="email"
            name="email"
            autoComplete="email"
            value={email}
            onChange={setEmail}
          />
          {form.other && <Problem>{form.other}</Problem>}
          <Button type="submit" look="hot" rests={form.busy || email.trim() === ""}>
            {t("guestData.send")}
          </Button>
        </form>
      )}
    </div>
  );
}

function Kept({ token }: { token: string }) {
  const kept = useQuery({
    queryKey: ["guest-data", token],
    queryFn: ({ signal }) => getGuestData(token, signal),
    meta: { kept: false },
    retry: false,
  });
  if (kept.error instanceof ApiError && kept.error.status === 404) return <Gone />;
  if (kept.isError) {
    return (
      <ErrorNote title={t("guestData.failed")} onRetry={() => void kept.refetch()} busy={kept.isFetching}>
        {wordsOf(kept.error)}
      </ErrorNote>
    );
  }
  if (kept.isPending) {
    return (
      <Waiting>
        <SkeletonRows count={2} />
      </Waiting>
    );
  }
  return <Shown token={token} data={kept.data} />;
}

function Shown({ token, data }: { token: string; data: GuestData }) {
  const [erased, setErased] = useState(false);
  const form = useSubmit([], async () => {
    await eraseGuest(token);
    forgetFragment();
    setErased(true);
  });
  if (erased) {
    return (
      <div className={styles.page}>
        <Heading title={t("guestData.erased")} />
      </div>
    );
  }
  const file = `data:application/json,${encodeURIComponent(JSON.stringify(data, null, 2))}`;
  return (
    <div className={styles.page}>
      <Heading title={t("guestData.title")} />
      <p>{t(wordsAbout(data), { address: data.address })}</p>
      {data.follows.length > 0 && (
        <ul className={styles.names}>
          {data.follows.map((name) => (
            <li key={name}>{name}</li>
          ))}
        </ul>
      )}
      {data.reports.length > 0 && (
        <>
          <p>{t("guestData.reports")}</p>
          <ul className={styles.names}>
            {data.reports.map((reference) => (
              <li key={reference}>{reference}</li>
            ))}
          </ul>
        </>
      )}
      <form className={styles.row} onSubmit={form.onSubmit}>
        <a href={file} download="kept-about-me.json" className={buttonClass()}>
          {t("guestData.save")}
        </a>
        <Button type="submit" rests={form.busy}>
          {t("guestData.erase")}
        </Button>
      </form>
      {form.other && <Problem>{form.other}</Problem>}
    </div>
  );
}

function wordsAbout(data: GuestData) {
  if (data.follows.length > 0) return "guestData.address";
  return data.reports.length > 0 ? "guestData.addressOnly" : "guestData.nothing";
}
