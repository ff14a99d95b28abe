import { Link } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { listKept } from "../api/kept";
import type { KeptAnswer } from "../api/keptAnswers";
import type { Artist, Release, Track } from "../api/types";
import { t } from "../lib/messages";
import styles from "./KeptPages.module.css";
import "./words";

const MOST = 6;

interface KeptPage {
  key: string;
  title: string;
  by: string;
  to: { to: "/artists/$slug"; params: { slug: string } } | { to: "/releases/$id" | "/tracks/$id"; params: { id: string } };
}

/** Where somebody without a connection can go: pages that they opened before, the last one first. */
export function KeptPages() {
  const [kept, setKept] = useState<KeptAnswer[] | null>(null);
  useEffect(() => {
    let here = true;
    void listKept().then((found) => here && setKept(found));
    return () => {
      here = false;
    };
  }, []);
  if (!kept) return null;
  const pages = pagesOf(kept);
  const home = kept.some(({ key }) => key[0] === "tracks" && key[1] === "latest");
  if (!home && !pages.length) return <p>{t("kept.none")}</p>;
  return (
    <section className={styles.kept}>
      <h2>{t("kept.title")}</h2>
      <ul className={styles.list}>
        {home && (
          <li>
            <Link to="/">{t("kept.home")}</Link>
          </li>
        )}
        {pages.map(({ key, title, by, to }) => (
          <li key={key}>
            <Link {...to}>{title}</Link>
            {by && <span className="muted">{by}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Only what was opened whole: an artist's or release's page has lists of its own. */
function pagesOf(kept: readonly KeptAnswer[]): KeptPage[] {
  const lists = new Set(kept.filter(({ key }) => key[0] === "tracks").map(({ key }) => String(key[2])));
  return kept
    .map((answer) => pageOf(answer, lists))
    .filter((page) => page !== null)
    .slice(0, MOST);
}

function pageOf({ key, hash, data }: KeptAnswer, lists: ReadonlySet<string>): KeptPage | null {
  if (key[0] === "artist") {
    const artist = data as Artist;
    if (!lists.has(artist.id)) return null;
    return { key: hash, title: artist.name, by: t("artist.kind"), to: { to: "/artists/$slug", params: { slug: artist.slug } } };
  }
  if (key[0] !== "release" && key[0] !== "track") return null;
  const { id, title, artist } = data as Release | Track;
  if (key[0] === "release" && !lists.has(id)) return null;
  const to = key[0] === "release" ? ("/releases/$id" as const) : ("/tracks/$id" as const);
  return { key: hash, title, by: artist.name, to: { to, params: { id } } };
}
