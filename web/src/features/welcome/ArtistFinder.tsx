import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { latestArtistsQuery } from "../../api/queries";
import { t } from "../../lib/messages";
import { KeepButton } from "../../ui/keep/KeepButton";
import { Field } from "../../ui/controls";
import styles from "./WelcomePage.module.css";
import "./words";

const SHOWN = 6;

/** Whom one knows already, by name, to follow. */
export function ArtistFinder() {
  const [query, setQuery] = useState("");
  const pages = useInfiniteQuery(latestArtistsQuery);
  const wanted = fold(query);
  const artists = pages.data?.pages.flatMap((page) => page.items) ?? [];
  const found = wanted ? artists.filter(({ name }) => fold(name).includes(wanted)).slice(0, SHOWN) : [];
  const { hasNextPage, isFetching, fetchNextPage } = pages;
  // The rest of the scene's artists come while somebody looks for one who is not among the first.
  useEffect(() => {
    if (wanted && found.length < SHOWN && hasNextPage && !isFetching) void fetchNextPage();
  }, [wanted, found.length, hasNextPage, isFetching, fetchNextPage]);
  return (
    <section className={styles.part}>
      <h2>{t("welcome.artists")}</h2>
      <Field label={t("welcome.artistsField")}>
        {(ids) => (
          <input
            {...ids}
            type="search"
            autoComplete="off"
            maxLength={100}
            value={query}
            onChange={(event) => setQuery(event.currentTarget.value)}
          />
        )}
      </Field>
      <ul className={styles.found}>
        {found.map((artist) => (
          <li key={artist.id}>
            <span className={styles.names}>
              <Link to="/artists/$slug" params={{ slug: artist.slug }}>
                {artist.name}
              </Link>
              <span className="muted small">{artist.city}</span>
            </span>
            <KeepButton thing={{ kind: "artist", item: artist }} />
          </li>
        ))}
      </ul>
      <p role="status">{wanted && !found.length && !hasNextPage && !isFetching && t("welcome.artistsNone")}</p>
    </section>
  );
}

const fold = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();
