import { useQuery } from "@tanstack/react-query";
import { allowanceFor, allowancesQuery } from "../api/allowances";
import type { Allowance } from "../api/types";
import { t, tn } from "../lib/messages";
import { weekdayAndTime } from "../lib/time";
import "./allowanceWords";

/** Above this nobody has to count. */
const FEW = 40;

/** How much more goes for now, said before somebody begins; silent for whoever has plenty. */
export function AllowanceNote({ what }: { what: Extract<Allowance["what"], "uploads" | "claims"> }) {
  const { data: one } = useQuery({ ...allowancesQuery, select: allowanceFor(what) });
  if (!one || one.left > FEW) return null;
  const uploads = what === "uploads";
  const words = one.opens_at
    ? t(uploads ? "allowance.uploadsNone" : "allowance.claimsNone", {
        most: one.most,
        when: weekdayAndTime(one.opens_at),
      })
    : tn(uploads ? "allowance.uploads" : "allowance.claims", one.left);
  return (
    <p className="muted small">
      {words} {one.standing === "new" && t("allowance.new")}
    </p>
  );
}
