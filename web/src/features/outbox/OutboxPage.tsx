import { useQuery } from "@tanstack/react-query";
import { outboxQuery } from "../../api/outbox";
import { apiPath, wordsOf } from "../../api/client";
import type { OutboxMail } from "../../api/types";
import { SEPARATOR, t } from "../../lib/messages";
import { dayInWords } from "../../lib/time";
import { Button } from "../../ui/controls";
import { Empty } from "../../ui/Empty";
import { ErrorNote } from "../../ui/ErrorNote";
import { Heading } from "../../ui/Heading";
import { SkeletonRows, Waiting } from "../../ui/Skeleton";
import styles from "./OutboxPage.module.css";
import { unwrapped } from "./unwrapped";
import "./words";

/** Mails that stay here because no mail server is set: for whoever builds a scene on this machine. */
export function OutboxPage() {
  const mails = useQuery(outboxQuery);
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <Heading title={t("outbox.title")} />
        <p className="lead">{t("outbox.lead")}</p>
        <p>
          <Button size="small" rests={mails.isFetching} onClick={() => void mails.refetch()}>
            {t("outbox.again")}
          </Button>
        </p>
      </header>
      {mails.isPending && (
        <Waiting>
          <SkeletonRows count={3} />
        </Waiting>
      )}
      {mails.isError && <ErrorNote title={t("outbox.failed")}>{wordsOf(mails.error)}</ErrorNote>}
      {mails.data?.items.length === 0 && <Empty title={t("outbox.emptyTitle")}>{t("outbox.empty")}</Empty>}
      {mails.data?.items.map((mail) => (
        <Mail key={mail.id} mail={mail} />
      ))}
    </div>
  );
}

function Mail({ mail }: { mail: OutboxMail }) {
  const about = [t("outbox.to", { address: mail.to }), dayInWords(mail.created_at), t(`outbox.state.${mail.state}`)];
  return (
    <article className={styles.mail} aria-label={t("outbox.mail", { subject: mail.subject, address: mail.to })}>
      <h2>{mail.subject}</h2>
      <p className="muted small">{about.join(SEPARATOR)}</p>
      {mail.text ? <Text text={mail.text} /> : <p className="muted">{t("outbox.forgotten")}</p>}
      {mail.text && (
        <p>
          <a href={apiPath(`/outbox/${mail.id}/html`)}>{t("outbox.html")}</a>
        </p>
      )}
    </article>
  );
}

/** As it was written, with its addresses to press. */
function Text({ text }: { text: string }) {
  return (
    <p className={styles.text}>
      {unwrapped(text).split(/(https?:\/\/\S+)/).map((part, place) =>
        part.startsWith("http") ? (
          <a key={place} href={part}>
            {part}
          </a>
        ) : (
          part
        ),
      )}
    </p>
  );
}
