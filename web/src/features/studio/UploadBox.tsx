import { Upload as UploadIcon } from "lucide-react";
import { useId, useRef, useState } from "react";
import type { Profile } from "../../api/types";
import { t } from "../../lib/messages";
import { useStore } from "../../lib/store";
import { AllowanceNote } from "../../ui/AllowanceNote";
import { Button, inputClass, labelClass } from "../../ui/controls";
import { Switch } from "../../ui/Switch";
import { useDropAnywhere } from "./dropping";
import { spokenOfAll, wordsOfAll } from "./progress";
import { useReleasesOf } from "./releasesOf";
import styles from "./Uploads.module.css";
import { UploadRow } from "./UploadRow";
import { addUploads, dropFinished, uploads, type Destination } from "./uploads";
import "./words";

/** Browsers name audio types differently: the endings make the picker offer the right files. */
const ACCEPT = "audio/*,.wav,.flac,.mp3,.m4a,.aac,.ogg,.oga,.opus";

/** Where files come in: dropped anywhere on the page, or chosen; uploaded as `as`, until another artist is. */
export function UploadBox({ artists, as }: { artists: readonly Profile[]; as: Profile }) {
  const [to, setTo] = useState<Destination>({ artistId: as.id, releaseId: null, publish: false });
  const picker = useRef<HTMLInputElement>(null);
  const take = (files: FileList) => addUploads(files, to);
  const over = useDropAnywhere(take);
  const artist = artists.find(({ id }) => id === to.artistId)?.name ?? "";
  return (
    <section className={styles.box} aria-label={t("studio.upload")}>
      <div className={over ? `${styles.drop} ${styles.over}` : styles.drop}>
        <UploadIcon size={28} strokeWidth={1.75} aria-hidden className={styles.dropIcon} />
        <div className={styles.dropWords}>
          <p className={`${styles.dropTitle} ${styles.byMouse}`}>
            {over ? t("studio.dropNow", { artist }) : t("studio.drop")}
          </p>
          <p className={`${styles.dropTitle} ${styles.byTouch}`}>{t("studio.dropByTouch")}</p>
          <p className="muted small">{t("studio.formats")}</p>
          <AllowanceNote what="uploads" />
        </div>
        <Button look="hot" onClick={() => picker.current?.click()}>
          {t("studio.pick")}
        </Button>
        <input
          ref={picker}
          className="hidden"
          type="file"
          accept={ACCEPT}
          multiple
          tabIndex={-1}
          aria-label={t("studio.pick")}
          onChange={(event) => {
            if (event.currentTarget.files?.length) take(event.currentTarget.files);
            event.currentTarget.value = "";
          }}
        />
      </div>
      <Options artists={artists} to={to} onChange={setTo} />
      <OnTheWay />
    </section>
  );
}

interface OptionsProps {
  artists: readonly Profile[];
  to: Destination;
  onChange: (to: Destination) => void;
}

function Options({ artists, to, onChange }: OptionsProps) {
  const releases = useReleasesOf(to.artistId);
  const id = useId();
  return (
    <div className={styles.options}>
      {artists.length > 1 && (
        <div className={styles.option}>
          <label className={labelClass} htmlFor={`${id}-as`}>
            {t("studio.uploadAs")}
          </label>
          <select
            id={`${id}-as`}
            className={inputClass}
            value={to.artistId}
            onChange={(event) => onChange({ ...to, artistId: event.currentTarget.value, releaseId: null })}
          >
            {artists.map((artist) => (
              <option key={artist.id} value={artist.id}>
                {artist.name}
              </option>
            ))}
          </select>
        </div>
      )}
      {releases.length > 0 && (
        <div className={styles.option}>
          <label className={labelClass} htmlFor={`${id}-onto`}>
            {t("studio.uploadOnto")}
          </label>
          <select
            id={`${id}-onto`}
            className={inputClass}
            value={to.releaseId ?? ""}
            onChange={(event) => onChange({ ...to, releaseId: event.currentTarget.value || null })}
          >
            <option value="">{t("studio.noRelease")}</option>
            {releases.map((release) => (
              <option key={release.id} value={release.id}>
                {release.title}
              </option>
            ))}
          </select>
        </div>
      )}
      <div className={styles.switch}>
        <Switch
          label={t("studio.publishNow")}
          checked={to.publish}
          onChange={(publish) => onChange({ ...to, publish })}
        />
      </div>
    </div>
  );
}

function OnTheWay() {
  const list = useStore(uploads, (now) => now.list);
  const finished = list.filter(({ phase }) => phase === "done").length;
  return (
    <>
      {/* The rows themselves are silent: with several files they would never be. */}
      <p role="status" className="hidden">
        {spokenOfAll(list)}
      </p>
      {list.length > 0 && (
        <div className={styles.way}>
          <div className={styles.wayHead}>
            <h2 className={styles.wayTitle}>{t("studio.uploads")}</h2>
            <span className="muted small tabular">{wordsOfAll(list)}</span>
            {finished > 1 && (
              <Button size="small" look="quiet" onClick={dropFinished}>
                {t("upload.dismissAll")}
              </Button>
            )}
          </div>
          <ul className={styles.rows} aria-label={t("studio.uploads")}>
            {list.map((upload) => (
              <UploadRow key={upload.key} upload={upload} />
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
