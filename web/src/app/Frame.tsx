import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, useRouterState } from "@tanstack/react-router";
import { Compass, Heart, House, LogIn, Search, SlidersHorizontal, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { meQuery } from "../api/queries";
import { Overlays, warmFinder } from "../features/commands/Overlays";
import { showOverlay } from "../lib/overlays";
import { PlayerBar } from "../features/player/PlayerBar";
import { t } from "../lib/messages";
import { Said } from "../ui/said";
import { AccountMenu } from "./AccountMenu";
import styles from "./Frame.module.css";
import { Notice } from "./Notice";

/** What stays while pages change: the way round, the content's place, the player. */
export function Frame() {
  const busy = useRouterState({ select: (state) => state.status === "pending" });
  return (
    <>
      <a href="#main" className={styles.skip} onClick={skipToMain}>
        {t("app.skip")}
      </a>
      {busy && <div className={styles.progress} aria-hidden="true" />}
      <Navigation />
      <main id="main" className={styles.main} tabIndex={-1}>
        <div className={styles.content}>
          <Outlet />
        </div>
      </main>
      <Notice />
      <PlayerBar />
      <Overlays />
      <Said />
    </>
  );
}

/** Five tabs at a phone's bottom edge; from 720 px on a slim rail, which has room for the studio too. */
function Navigation() {
  const { data: me, isError } = useQuery(meQuery);
  return (
    <nav className={styles.nav} aria-label={t("app.mainNavigation")}>
      <Link to="/" className={styles.mark} aria-label={t("app.name")}>
        <Mark />
      </Link>
      <Tab to="/" icon={House} exact>
        {t("nav.home")}
      </Tab>
      <Tab to="/genres" icon={Compass}>
        {t("nav.browse")}
      </Tab>
      <button
        type="button"
        className={styles.tab}
        aria-haspopup="dialog"
        onPointerEnter={warmFinder}
        onFocus={warmFinder}
        onClick={() => showOverlay("find")}
      >
        <Face icon={Search}>{t("nav.find")}</Face>
      </button>
      <Tab to="/library" icon={Heart}>
        {t("nav.library")}
      </Tab>
      {me && (
        <Tab to="/studio" icon={SlidersHorizontal} roomy>
          {t("nav.studio")}
        </Tab>
      )}
      <div className={styles.you}>
        {me && <AccountMenu me={me} className={styles.tab} />}
        {/* Not before it is known: who is signed in is no guest for the first moment. */}
        {(me === null || (!me && isError)) && (
          <Tab to="/sign-in" icon={LogIn}>
            {t("nav.signIn")}
          </Tab>
        )}
      </div>
    </nav>
  );
}

interface TabProps {
  to: "/" | "/genres" | "/library" | "/studio" | "/sign-in";
  icon: LucideIcon;
  exact?: boolean;
  /** Only where there is room. */
  roomy?: boolean;
  children: ReactNode;
}

function Tab({ to, icon, exact = false, roomy = false, children }: TabProps) {
  return (
    <Link to={to} className={roomy ? `${styles.tab} ${styles.roomy}` : styles.tab} activeOptions={{ exact }}>
      <Face icon={icon}>{children}</Face>
    </Link>
  );
}

function Face({ icon: Icon, children }: { icon: LucideIcon; children: ReactNode }) {
  return (
    <>
      <span className={styles.icon}>
        <Icon size={20} strokeWidth={1.75} aria-hidden />
      </span>
      {children}
    </>
  );
}

function Mark() {
  const heights = [8, 20, 32, 16, 8];
  return (
    <svg width="36" height="36" viewBox="0 0 36 36" fill="currentColor" aria-hidden="true">
      {heights.map((height, index) => (
        <rect key={index} x={2 + index * 7} y={18 - height / 2} width="4" height={height} rx="2" />
      ))}
    </svg>
  );
}

function skipToMain(event: React.MouseEvent): void {
  event.preventDefault();
  document.getElementById("main")?.focus();
}
