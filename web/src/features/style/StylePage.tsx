import type { ReactNode } from "react";
import { Heading } from "../../ui/Heading";
import { Colours, Motion, Spaces, Type } from "./Tokens";
import { Parts } from "./Parts";
import styles from "./StylePage.module.css";

/**
 * The living style page, for those who build: everything the kit has, in every state, in both themes. It is in no
 * production build (app/router.tsx), and its own words are nobody's to translate.
 */
export function StylePage() {
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <Heading title="Style" />
        <p className="lead">A gig poster on a clean wall: strong type, one hot ink, real covers, lots of air.</p>
      </header>
      <Both title="Ink and paper" sample={<Colours />} />
      <Both title="Type" sample={<Type />} />
      <Both title="Space and corners" sample={<Spaces />} />
      <Both title="Motion" sample={<Motion />} />
      <Both title="Parts" sample={<Parts />} />
    </div>
  );
}

function Both({ title, sample }: { title: string; sample: ReactNode }) {
  return (
    <section className={styles.section}>
      <h2>{title}</h2>
      <div className={styles.both}>
        {(["light", "dark"] as const).map((theme) => (
          <div key={theme} data-theme={theme} className={styles.wall} role="group" aria-label={`${title}, ${theme}`}>
            {sample}
          </div>
        ))}
      </div>
    </section>
  );
}
