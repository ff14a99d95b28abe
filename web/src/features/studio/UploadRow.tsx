import { t } from "../../lib/messages";
import { fileSize } from "../../lib/time";
import { Button } from "../../ui/controls";
import { Steps } from "./Steps";
import styles from "./Studio.module.css";
import { dropUpload, retryUpload, type Upload } from "./uploads";

/** One file on its way: how much is sent, then what the server does with it. */
export function UploadRow({ upload }: { upload: Upload }) {
  const { key, file, phase, sent, error, track } = upload;
  const name = track?.title ?? file.name;
  const percent = Math.floor(sent * 100);
  const finished = phase === "done" || phase === "failed";
  return (
    <li className={styles.upload}>
      <div className={styles.uploadHead}>
        <span className={styles.uploadName}>{name}</span>
        <span className="muted small">{fileSize(file.size)}</span>
        {upload.retriable && phase === "failed" && (
          <Button size="small" look="hot" onClick={() => retryUpload(key)}>
            {t("upload.retry")}
          </Button>
        )}
        <Button
          size="small"
          look="quiet"
          aria-label={finished ? t("upload.dismissLabel", { name }) : t("upload.cancelLabel", { name })}
          onClick={() => dropUpload(key)}
        >
          {finished ? t("upload.dismiss") : t("upload.cancel")}
        </Button>
      </div>
      {(phase === "sending" || phase === "reading") && (
        <progress
          className={styles.progress}
          aria-label={t("upload.progress", { name })}
          max={100}
          value={percent}
        />
      )}
      <p role={phase === "failed" ? "alert" : "status"} className={phase === "failed" ? styles.bad : styles.word}>
        {wordsOfPhase(upload)}
        {/* The progress bar says it to a screen reader; here it would never fall silent. */}
        {phase === "sending" && <span aria-hidden="true"> {t("upload.percent", { percent })}</span>}
        {phase === "failed" && error}
      </p>
      {track && <Steps trackId={track.id} />}
    </li>
  );
}

function wordsOfPhase({ phase, track }: Upload): string {
  switch (phase) {
    case "waiting":
      return t("upload.waiting");
    case "sending":
      return t("upload.sending");
    case "reading":
      return t("upload.reading");
    case "done":
      return track?.publication === "published" ? t("upload.donePublished") : t("upload.done");
    case "failed":
      return "";
  }
}
