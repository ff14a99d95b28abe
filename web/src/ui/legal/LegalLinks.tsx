import { Link } from "@tanstack/react-router";
import { t } from "../../lib/messages";
import styles from "./LegalLinks.module.css";
import "./words";

const PAGES = ["terms", "privacy", "imprint", "notice"] as const;

/** The way to the legal pages, at the end of a page that has room for it. */
export function LegalLinks() {
  return (
    <nav className={styles.links} aria-label={t("legal.pages")}>
      {PAGES.map((page) => (
        <Link key={page} to="/legal/$page" params={{ page }}>
          {t(`legal.${page}`)}
        </Link>
      ))}
    </nav>
  );
}

/** What signing up means. */
export function Agreement() {
  return (
    <p className="muted small">
      {t("legal.agree")}{" "}
      <Link to="/legal/$page" params={{ page: "terms" }}>
        {t("legal.terms")}
      </Link>
      . {t("legal.andPrivacy")}{" "}
      <Link to="/legal/$page" params={{ page: "privacy" }}>
        {t("legal.privacy")}
      </Link>
    </p>
  );
}
