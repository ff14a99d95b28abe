import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, useRouterState } from "@tanstack/react-router";
import { Home, LogIn, SlidersHorizontal } from "lucide-react";
import { meQuery } from "../api/queries";
import { PlayerBar } from "../features/player/PlayerBar";
import { t } from "../lib/messages";
import { Said } from "../ui/said";
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
      <Said />
    </>
  );
}

function Navigation() {
  const { data: me } = useQuery(meQuery);
  const icon = { size: 20, strokeWidth: 1.75, "aria-hidden": true } as const;
  return (
    <nav className={styles.nav} aria-label={t("app.mainNavigation")}>
      <Link to="/" className={styles.mark} aria-label={t("app.name")}>
        <Mark />
      </Link>
      <Link to="/" className={styles.tab} activeOptions={{ exact: true }}>
        <Home {...icon} />
        {t("nav.home")}
      </Link>
      {me ? (
        <Link to="/studio" className={styles.tab}>
          <SlidersHorizontal {...icon} />
          {t("nav.studio")}
        </Link>
      ) : (
        <Link to="/sign-in" className={styles.tab}>
          <LogIn {...icon} />
          {t("nav.signIn")}
        </Link>
      )}
    </nav>
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
