import { useRouter } from "@tanstack/react-router";
import { LogOut, Settings, ShieldCheck, SlidersHorizontal, Wrench } from "lucide-react";
import { actAs, useActing } from "../api/acting";
import type { Me, Profile } from "../api/types";
import { t } from "../lib/messages";
import { short } from "../lib/short";
import { leave } from "../ui/leave";
import { Menu, type MenuChoice, type MenuEntry, type MenuItems } from "../ui/Menu";
import { say } from "../ui/said";
import styles from "./Frame.module.css";

/** Who is signed in, as whom they act, and what is theirs. */
export function AccountMenu({ me, className }: { me: Me; className: string | undefined }) {
  const router = useRouter();
  const acting = useActing();
  const entries = (): MenuItems => [
    ...(me.profiles.length ? ([actingChoice(me, acting), "line"] as const) : []),
    { label: t("nav.studio"), icon: SlidersHorizontal, link: { to: "/studio" } },
    ...(me.scene_role ? [{ label: t("nav.admin"), icon: Wrench, link: { to: "/admin" } } satisfies MenuEntry] : []),
    { label: t("nav.settings"), icon: Settings, link: { to: "/settings" } },
    ...(me.scene_role ? [{ label: t("nav.moderation"), icon: ShieldCheck, link: { to: "/moderation" } } as const] : []),
    "line",
    { label: t("nav.signOut"), icon: LogOut, onSelect: () => void leave(router) },
  ];
  const name = me.display_name;
  const shown = acting?.name ?? name;
  return (
    <Menu
      label={acting ? t("nav.actingMenu", { profile: acting.name, name }) : t("nav.yourMenu", { name })}
      title={name}
      entries={entries}
      className={className}
      side={side}
    >
      {/* Drawn, not written: the button's name begins with the word under it. */}
      <span
        className={acting ? `${styles.initial} ${styles.acting}` : styles.initial}
        data-initial={[...shown][0]?.toUpperCase()}
        aria-hidden="true"
      />
      <span className={styles.actingName}>{acting?.name ?? t("nav.you")}</span>
    </Menu>
  );
}

/** Oneself, or one of one's profiles. */
function actingChoice(me: Me, acting: Profile | null): MenuChoice {
  return {
    choice: t("acting.as"),
    value: acting?.id ?? YOURSELF,
    options: [
      { value: YOURSELF, label: t("acting.yourself") },
      ...me.profiles.map(({ id, name, kind }) => ({ value: id, label: name, note: t(`acting.${kind as Kind}`) })),
    ],
    onChoose: (value) => {
      const chosen = me.profiles.find(({ id }) => id === value);
      actAs(chosen?.id ?? null);
      say(chosen ? t("acting.said", { name: short(chosen.name) }) : t("acting.saidYourself"));
    },
  };
}

const YOURSELF = "yourself";
type Kind = "artist" | "venue" | "organiser";

/** Above the phone's tabs, beside the rail. */
const side = () => (matchMedia("(min-width: 720px)").matches ? "right" : "top");
