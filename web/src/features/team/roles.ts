import type { ProfileRole } from "../../api/types";
import { t } from "../../lib/messages";
import "./words";

export const ROLES = ["owner", "manager", "member", "booker", "door"] as const satisfies readonly ProfileRole[];

export const roleName = (role: string): string => t(`role.${role as ProfileRole}`);
export const roleHint = (role: ProfileRole): string => t(`roleHint.${role}`);

const HIGH: readonly string[] = ["owner", "manager"];

/** What somebody in a role may make of whom; the server decides, this only shows no more than it would take. */
export function mayManage(mine: string, theirs: string): boolean {
  return mine === "owner" || (mine === "manager" && !HIGH.includes(theirs));
}

export const rolesToGive = (mine: string): readonly ProfileRole[] =>
  mine === "owner" ? ROLES : mine === "manager" ? ROLES.filter((role) => !HIGH.includes(role)) : [];
