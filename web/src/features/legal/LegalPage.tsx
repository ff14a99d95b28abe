import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { legalQuery } from "../../api/queries";
import { t } from "../../lib/messages";
import { Heading } from "../../ui/Heading";
import { LegalLinks } from "../../ui/legal/LegalLinks";
import styles from "./LegalPage.module.css";
import "../../ui/legal/words";

const route = getRouteApi("/legal/$page");

/** Terms, privacy, imprint, or where to send a notice: the server's text. */
export function LegalPage() {
  const { page } = route.useParams();
  const { data: text } = useQuery(legalQuery(page));
  if (!text) return null;
  return (
    <article className={styles.page}>
      <Heading title={text.title} />
      {text.incomplete && <p className={styles.warn}>{text.incomplete}</p>}
      {text.sections.map((section) => (
        <section key={section.heading} className={styles.section}>
          <h2>{section.heading}</h2>
          {section.paragraphs.map((words) => (
            <p key={words}>{words}</p>
          ))}
          {section.rows.length > 0 && (
            <ul>
              {section.rows.map(({ what, exported, erased }) => (
                <li key={what} className={styles.kept}>
                  <strong>{what}</strong>
                  <span>{`${t("legal.export")}: ${exported}`}</span>
                  <span>{`${t("legal.erase")}: ${erased}`}</span>
                </li>
              ))}
            </ul>
          )}
        </section>
      ))}
      <LegalLinks />
    </article>
  );
}
