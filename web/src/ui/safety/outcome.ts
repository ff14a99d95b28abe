import type { OwnReport } from "../../api/types";
import { t } from "../../lib/messages";
import "./words";

/** How far a report is, in words for whoever sent it. */
export function outcomeOf({ state, decision }: OwnReport): string {
  if (state === "decided" && decision) return t(`report.outcome.${decision}`);
  return t(state === "claimed" ? "report.state.claimed" : "report.state.open");
}
