import { t } from "../lib/messages";
import styles from "./Places.module.css";
import { Section } from "./Section";

/** Where somebody is to be found elsewhere. */
export function Places({ website, links }: { website: string | null; links: readonly string[] }) {
  const all = website ? [website, ...links.filter((link) => link !== website)] : links;
  if (all.length === 0) return null;
  return (
    <Section title={t("places.title")}>
      <ul className={styles.places}>
        {all.map((address) => (
          <li key={address}>
            {/* What somebody wrote is no recommendation of ours. */}
            <a href={address} rel="nofollow noopener ugc" className={styles.place}>
              {shortened(address)}
            </a>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** Without what everybody's begins with. */
const shortened = (address: string): string => address.replace(/^https?:\/\/(www\.)?/, "").replace(/\/$/, "");
