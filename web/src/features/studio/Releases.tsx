import { useRef, useState } from "react";
import { newKey } from "../../api/client";
import type { Profile } from "../../api/types";
import { createRelease } from "../../api/works";
import { t } from "../../lib/messages";
import { short } from "../../lib/short";
import { Button } from "../../ui/controls";
import { Empty } from "../../ui/Empty";
import { say } from "../../ui/said";
import { ReleaseForm, type ReleaseAnswers } from "./ReleaseForm";
import { ReleaseRow } from "./ReleaseRow";
import { useReleasesOf } from "./releasesOf";
import styles from "./Rows.module.css";
import "./words";

/** An artist's releases in the studio: make one, order and publish it with the tracks on it. */
export function Releases({ artist, named }: { artist: Profile; named: boolean }) {
  const releases = useReleasesOf(artist.id);
  const [making, setMaking] = useState(false);
  const make = (
    <Button onClick={() => setMaking(true)} {...(named ? { "aria-label": newFor(artist) } : {})}>
      {t("studio.newRelease")}
    </Button>
  );
  return (
    <section className={styles.group}>
      <h2 className={styles.groupName}>{named ? artist.name : t("studio.releases")}</h2>
      {releases.length === 0 && !making && (
        <Empty title={t("studio.noReleasesTitle")} level={3} action={make}>
          {t("studio.noReleases")}
        </Empty>
      )}
      {releases.length > 0 && (
        <ul className={styles.rows} aria-label={t("studio.releasesOf", { artist: artist.name })}>
          {releases.map((release) => (
            <ReleaseRow key={release.id} release={release} />
          ))}
        </ul>
      )}
      {making && <NewRelease artist={artist} onDone={() => setMaking(false)} />}
      {releases.length > 0 && !making && make}
    </section>
  );
}

const newFor = (artist: Profile): string => t("studio.newReleaseOf", { artist: artist.name });

function NewRelease({ artist, onDone }: { artist: Profile; onDone: () => void }) {
  // One key per set of answers: a changed answer is another request.
  const key = useRef({ for: "", value: "" });
  async function make(answers: ReleaseAnswers) {
    const told = JSON.stringify(answers);
    if (key.current.for !== told) key.current = { for: told, value: newKey() };
    const { title } = await createRelease({ artist_id: artist.id, ...answers }, key.current.value);
    say(t("studio.saidMade", { title: short(title) }));
  }
  return (
    <div className={styles.making}>
      <ReleaseForm
        label={t("studio.newRelease")}
        submitWords={t("studio.releaseMake")}
        onSubmit={make}
        onDone={onDone}
      />
    </div>
  );
}
