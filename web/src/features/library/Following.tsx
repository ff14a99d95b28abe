import { useSuspenseInfiniteQuery } from "@tanstack/react-query";
import { Link, getRouteApi } from "@tanstack/react-router";
import { Suspense, useEffect, useRef } from "react";
import { followingQuery } from "../../api/queries";
import type { Followed, FollowedKind } from "../../api/types";
import { t } from "../../lib/messages";
import { Choice } from "../../ui/Choice";
import { Empty } from "../../ui/Empty";
import { More } from "../../ui/More";
import { SkeletonRows, Waiting } from "../../ui/Skeleton";
import { buttonClass } from "../../ui/controls";
import { KeepButton } from "../../ui/keep/KeepButton";
import styles from "./LibraryPage.module.css";
import { FOLLOWED_KINDS } from "./parts";
import "./words";

const route = getRouteApi("/library");

/** Everybody the viewer follows, or those of one kind; which stands in the address. */
export function Following() {
  const { kind } = route.useSearch();
  const navigate = route.useNavigate();
  const choose = (one: FollowedKind | "all") =>
    void navigate({
      search: { show: "following", ...(one === "all" ? {} : { kind: one }) },
      replace: true,
      resetScroll: false,
    });
  return (
    <div className={styles.following}>
      <Choice
        label={t("library.kinds")}
        value={kind ?? "all"}
        options={(["all", ...FOLLOWED_KINDS] as const).map((value) => ({ value, label: t(`library.kind.${value}`) }))}
        onChange={choose}
      />
      <Suspense
        key={kind ?? "all"}
        fallback={
          <Waiting>
            <SkeletonRows />
          </Waiting>
        }
      >
        <Followeds kind={kind} />
      </Suspense>
    </div>
  );
}

function Followeds({ kind }: { kind: FollowedKind | undefined }) {
  const pages = useSuspenseInfiniteQuery(followingQuery(kind));
  const all = pages.data.pages.flatMap((page) => page.items);
  const place = useRef<HTMLDivElement>(null);
  const had = useRef(all.length);
  // Whoever stops following goes from the list, and their button with them: the keyboard stays at the list.
  useEffect(() => {
    if (all.length < had.current && document.activeElement === document.body) place.current?.focus();
    had.current = all.length;
  }, [all.length]);
  return (
    <div ref={place} tabIndex={-1} className={styles.part}>
      {all.length ? (
        <>
          <ul className={styles.rows} aria-label={t("library.following")}>
            {all.map((one) => (
              <Row key={one.id} one={one} />
            ))}
          </ul>
          <More {...pages} />
        </>
      ) : (
        <Nobody of={kind ?? "following"} />
      )}
    </div>
  );
}

function Row({ one }: { one: Followed }) {
  return (
    <li className={styles.row}>
      <span className={styles.who}>
        <strong>
          <Name one={one} />
        </strong>
        <span className="muted small">{t(`library.is.${one.kind}`)}</span>
      </span>
      <KeepButton thing={{ kind: one.kind, item: { ...one, following: true } }} />
    </li>
  );
}

/** A person has no page to go to. */
function Name({ one: { kind, slug, name } }: { one: Followed }) {
  if (kind === "person") return name;
  const to = { artist: "/artists/$slug", venue: "/venues/$slug", organiser: "/organisers/$slug" } as const;
  return (
    <Link to={to[kind]} params={{ slug }}>
      {name}
    </Link>
  );
}

function Nobody({ of }: { of: FollowedKind | "following" }) {
  return (
    <Empty
      title={t(`library.no.${of}.title`)}
      action={
        <Link to="/" className={buttonClass("hot")}>
          {t("library.home")}
        </Link>
      }
    >
      {t(`library.no.${of}`)}
    </Empty>
  );
}
