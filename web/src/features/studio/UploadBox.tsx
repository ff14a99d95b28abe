import { Upload as UploadIcon } from "lucide-react";
import { useId, useRef, useState } from "react";
import type { Profile } from "../../api/types";
import { t } from "../../lib/messages";
import { Button, hintClass, inputClass, labelClass } from "../../ui/controls";
import styles from "./Studio.module.css";
import { UploadRow } from "./UploadRow";
import { addUploads, uploads } from "./uploads";
import { useStore } from "../../lib/store";

/** Browsers name audio types differently: the endings make the picker offer the right files. */
const ACCEPT = "audio/*,.wav,.flac,.mp3,.m4a,.aac,.ogg,.oga,.opus";

export function UploadBox({ artists }: { artists: readonly Profile[] }) {
  const list = useStore(uploads, (now) => now.list);
  const [artistId, setArtistId] = useState(artists[0]!.id);
  const [publish, setPublish] = useState(false);
  const [over, setOver] = useState(false);
  const picker = useRef<HTMLInputElement>(null);
  const ids = useId();
  const take = (files: FileList | null) => files?.length && addUploads(files, artistId, publish);
  return (
    <section className={styles.section}>
      <h2>{t("studio.upload")}</h2>
      {/* Dropping is a shortcut; the button inside does the same by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div
        className={over ? `${styles.drop} ${styles.over}` : styles.drop}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          take(event.dataTransfer.files);
        }}
      >
        <UploadIcon size={28} strokeWidth={1.75} aria-hidden />
        <p className={`${styles.dropTitle} ${styles.byMouse}`}>{t("studio.drop")}</p>
        <p className={`${styles.dropTitle} ${styles.byTouch}`}>{t("studio.dropByTouch")}</p>
        <Button look="hot" onClick={() => picker.current?.click()}>
          {t("studio.pick")}
        </Button>
        <p className={hintClass}>{t("studio.formats")}</p>
        <input
          ref={picker}
          className="hidden"
          type="file"
          accept={ACCEPT}
          multiple
          tabIndex={-1}
          aria-label={t("studio.pick")}
          onChange={(event) => {
            take(event.currentTarget.files);
            event.currentTarget.value = "";
          }}
        />
      </div>
      <div className={styles.options}>
        {artists.length > 1 && (
          <div className={styles.as}>
            <label className={labelClass} htmlFor={ids}>
              {t("studio.uploadAs")}
            </label>
            <select
              id={ids}
              className={inputClass}
              value={artistId}
              onChange={(event) => setArtistId(event.currentTarget.value)}
            >
              {artists.map((artist) => (
                <option key={artist.id} value={artist.id}>
                  {artist.name}
                </option>
              ))}
            </select>
          </div>
        )}
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={publish}
            onChange={(event) => setPublish(event.currentTarget.checked)}
          />
          {t("studio.publishNow")}
        </label>
      </div>
      {list.length > 0 && (
        <ul className={styles.rows} aria-label={t("studio.uploads")}>
          {list.map((upload) => (
            <UploadRow key={upload.key} upload={upload} />
          ))}
        </ul>
      )}
    </section>
  );
}
