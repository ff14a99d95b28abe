import { CircleAlert, CircleCheck, CloudOff, X } from "lucide-react";
import { t } from "../../lib/messages";
import { fileSize } from "../../lib/time";
import { Button, IconButton } from "../../ui/controls";
import { Steps } from "./Steps";
import { wordsOfPhase } from "./progress";
import styles from "./Uploads.module.css";
import { dropUpload, isGoing, retryUpload, type Upload } from "./uploads";
import "./words";

/** One file on its way: how much is sent and how long it takes, then what the server does with it. */
export function UploadRow({ upload }: { upload: Upload }) {
  const { key, file, phase, sent, error, track } = upload;
  const name = track?.title ?? file.name;
  const going = isGoing(upload);
  return (
    <li className={styles.upload} data-phase={phase}>
      <Sign upload={upload} />
      <div className={styles.about}>
        <span className={styles.name}>
          <span className={styles.title}>{name}</span>
          <span className="muted small tabular">{fileSize(file.size)}</span>
        </span>
        {phase === "failed" ? (
          <p role="alert" className={styles.bad}>
            {error}
          </p>
        ) : (
          <p className={styles.word}>{wordsOfPhase(upload)}</p>
        )}
        {going && (
          <progress
            className={styles.progress}
            aria-label={t("upload.progress", { name })}
            max={100}
            // Read by now, but for how long nobody knows: a bar without an end.
            {...(phase === "reading" ? {} : { value: Math.floor(sent * 100) })}
          />
        )}
        {track && <Steps trackId={track.id} />}
      </div>
      <div className={styles.tools}>
        {upload.retriable && phase === "failed" && (
          <Button
            size="small"
            look="hot"
            aria-label={t("upload.retryLabel", { name })}
            onClick={() => retryUpload(key)}
          >
            {t("upload.retry")}
          </Button>
        )}
        <IconButton
          label={going ? t("upload.cancelLabel", { name }) : t("upload.dismissLabel", { name })}
          onClick={() => dropUpload(key)}
        >
          <X size={20} strokeWidth={1.75} aria-hidden />
        </IconButton>
      </div>
    </li>
  );
}

function Sign({ upload: { phase, sent } }: { upload: Upload }) {
  const look = { size: 24, strokeWidth: 1.75, "aria-hidden": true } as const;
  if (phase === "done") return <CircleCheck {...look} className={styles.good} />;
  if (phase === "failed") return <CircleAlert {...look} className={styles.bad} />;
  if (phase === "away") return <CloudOff {...look} className={styles.away} />;
  const round = 2 * Math.PI * 10;
  return (
    <svg viewBox="0 0 24 24" width="24" height="24" className={styles.ring} aria-hidden="true">
      <circle cx="12" cy="12" r="10" />
      <circle cx="12" cy="12" r="10" strokeDasharray={`${sent * round} ${round}`} className={styles.ringSent} />
    </svg>
  );
}
