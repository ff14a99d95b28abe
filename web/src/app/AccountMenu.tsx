import { useRouter } from "@tanstack/react-router";
import { LogOut, Settings, ShieldCheck, SlidersHorizontal, Wrench } from "lucide-react";
import type { Me } from "../api/types";
import { t } from "../lib/messages";
import { leave } from "../ui/leave";
import { Menu, type MenuEntry } from "../ui/Menu";
import styles from "./Frame.module.css";

/** Who is signed in, and what is theirs. */
export function AccountMenu({ me, className }: { me: Me; className: string | undefined }) {
  const router = useRouter();
  const entries = (): readonly (MenuEntry | "line")[] => [
    { label: t("nav.studio"), icon: SlidersHorizontal, link: { to: "/studio" } },
    ...(me.scene_role ? [{ label: t("nav.admin"), icon: Wrench, link: { to: "/admin" } } satisfies MenuEntry] : []),
    { label: t("nav.settings"), icon: Settings, link: { to: "/settings" } },
    ...(me.scene_role ? [{ label: t("nav.moderation"), icon: ShieldCheck, link: { to: "/moderation" } } as const] : []),
    "line",
    { label: t("nav.signOut"), icon: LogOut, onSelect: () => void leave(router) },
  ];
  return (
    <Menu
      label={t("nav.yourMenu", { name: me.display_name })}
      title={me.display_name}
      entries={entries}
      className={className}
      side={side}
    >
      {/* Drawn, not written: the button's name begins with the word under it. */}
      <span className={styles.initial} data-initial={[...me.display_name][0]?.toUpperCase()} aria-hidden="true" />
      {t("nav.you")}
    </Menu>
  );
}

/** Above the phone's tabs, beside the rail. */
const side = () => (matchMedia("(min-width: 720px)").matches ? "right" : "top");
