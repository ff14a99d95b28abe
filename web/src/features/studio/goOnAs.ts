import { actAs, actingNow } from "../../api/acting";
import { t } from "../../lib/messages";
import { short } from "../../lib/short";
import { say } from "../../ui/said";

/** Whoever acts as a profile and makes another goes on as the new one, which the studio would not show otherwise. */
export function goOnAs({ id, name }: { id: string; name: string }): void {
  if (!actingNow()) return;
  actAs(id);
  say(t("acting.said", { name: short(name) }));
}
