import { useQuery } from "@tanstack/react-query";
import { Check, CircleAlert, CircleDashed, LoaderCircle } from "lucide-react";
import { retryStep } from "../../api/works";
import { stepsQuery } from "../../api/queries";
import type { StepStatus } from "../../api/types";
import { t, tMaybe } from "../../lib/messages";
import { Button } from "../../ui/controls";
import styles from "./Uploads.module.css";
import "./words";

const ICONS = { waiting: CircleDashed, running: LoaderCircle, done: Check, failed: CircleAlert } as const;

/** The background steps of a track, each with its own state; a failed one can be tried again. */
export function Steps({ trackId }: { trackId: string }) {
  const { data } = useQuery(stepsQuery(trackId));
  if (!data?.items.length) return null;
  return (
    <ul className={styles.steps} aria-label={t("step.list")}>
      {data.items.map((step) => (
        <li key={step.name} className={step.status === "failed" ? styles.bad : undefined}>
          <StepIcon status={step.status} />
          {nameOf(step.name)}
          <span className="hidden">: {t(`stepStatus.${step.status}`)}</span>
          {step.error && <span>: {step.error}</span>}
          {step.status === "failed" && (
            <Button
              size="small"
              look="quiet"
              aria-label={t("step.retryLabel", { step: nameOf(step.name) })}
              onClick={() => void retryStep(trackId, step.name)}
            >
              {t("step.retry")}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}

const nameOf = (step: string): string => tMaybe(`step.${step}`) ?? step;

function StepIcon({ status }: { status: StepStatus }) {
  const Icon = ICONS[status];
  return (
    <Icon
      size={16}
      strokeWidth={2}
      aria-hidden
      className={status === "running" ? styles.turning : undefined}
    />
  );
}
