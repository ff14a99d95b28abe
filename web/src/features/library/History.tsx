import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { X } from "lucide-react";
import { useMemo } from "react";
import { wordsOf } from "../../api/client";
import { deleteHeard, type Deletion } from "../../api/history";
import { historyQuery, preferencesQuery } from "../../api/queries";
import { changePreferences } from "../../api/taste";
import type { HeardEntry, Track } from "../../api/types";
import { SEPARATOR, t } from "../../lib/messages";
import { short } from "../../lib/short";
import { dayInWords } from "../../lib/time";
import { Cover, coverOf } from "../../ui/Cover";
import { Empty } from "../../ui/Empty";
import { ErrorNote } from "../../ui/ErrorNote";
import { SkeletonRows, Waiting } from "../../ui/Skeleton";
import { Switch } from "../../ui/Switch";
import { WindowList } from "../../ui/WindowList";
import { Button, IconButton } from "../../ui/controls";
import { say } from "../../ui/said";
import { TrackPlayButton } from "../track/TrackPlayButton";
import { rowsOf, type Row } from "./days";
import styles from "./History.module.css";
import "../track/words";
import "./words";

const ROW_PX = 64;

/** What was heard, day by day: of the account, on every device, and nobody else's to see. */
export function History() {
  const { data: chosen } = useQuery(preferencesQuery);
  const paused = chosen?.history_paused ?? false;
  return (
    <div className={styles.history}>
      <HistorySwitch />
      <Entries paused={paused} />
    </div>
  );
}

/** On the library's page and among the settings. */
export function HistorySwitch() {
  const { data: chosen } = useQuery(preferencesQuery);
  const paused = chosen?.history_paused ?? false;
  async function turn(on: boolean) {
    try {
      await changePreferences({ history_paused: !on });
      say(t(on ? "history.resumed" : "history.paused"));
    } catch (error) {
      say(wordsOf(error));
    }
  }
  return (
    <Switch
      label={t("history.keep")}
      hint={t(paused ? "history.pausedHint" : "history.hint")}
      checked={!paused}
      onChange={(on) => void turn(on)}
    />
  );
}

function Entries({ paused }: { paused: boolean }) {
  const pages = useInfiniteQuery(historyQuery);
  const entries = useMemo(() => pages.data?.pages.flatMap((page) => page.items) ?? [], [pages.data]);
  const rows = useMemo(() => rowsOf(entries), [entries]);
  const tracks = useMemo(() => [...new Map(entries.map(({ track }) => [track.id, track])).values()], [entries]);
  if (pages.isPending) {
    return (
      <Waiting>
        <SkeletonRows />
      </Waiting>
    );
  }
  if (pages.isError && !entries.length) {
    return (
      <ErrorNote title={t("history.failed")} onRetry={() => void pages.refetch()} busy={pages.isFetching}>
        {wordsOf(pages.error)}
      </ErrorNote>
    );
  }
  if (!entries.length && !pages.hasNextPage) {
    return <Empty title={t("history.emptyTitle")}>{t(paused ? "history.emptyPaused" : "history.empty")}</Empty>;
  }
  return (
    <>
      <div className={styles.tools}>
        <Button size="small" look="quiet" onClick={() => takeOut({}, t("history.deletedAll"))}>
          {t("history.deleteAll")}
        </Button>
      </div>
      <WindowList
        count={rows.length}
        rowHeight={ROW_PX}
        isOpenEnded={pages.hasNextPage}
        className={styles.list}
        label={t("library.history")}
        onNearEnd={() => {
          if (pages.hasNextPage && !pages.isFetchingNextPage && !pages.isFetchNextPageError) void pages.fetchNextPage();
        }}
        row={(place) => <HistoryRow row={rows[place]!} tracks={tracks} />}
      />
      {pages.isFetchNextPageError && (
        <ErrorNote title={t("list.trouble")} onRetry={() => void pages.fetchNextPage()} busy={pages.isFetchingNextPage}>
          {t("list.safe")}
        </ErrorNote>
      )}
    </>
  );
}

function HistoryRow({ row, tracks }: { row: Row; tracks: readonly Track[] }) {
  if ("entry" in row) return <EntryRow entry={row.entry} tracks={tracks} />;
  const day = dayInWords(row.day);
  const { since, until } = row;
  return (
    <div className={styles.day}>
      <h2>{day}</h2>
      <Button
        size="small"
        look="quiet"
        aria-label={t("history.deleteDayLabel", { day })}
        onClick={() => takeOut({ since, until }, t("history.deletedDay", { day }))}
      >
        {t("history.deleteDay")}
      </Button>
    </div>
  );
}

function EntryRow({ entry, tracks }: { entry: HeardEntry; tracks: readonly Track[] }) {
  const { track } = entry;
  const time = timeOf(entry.heard_at);
  return (
    <div className={styles.row}>
      <span className={styles.cover}>
        <Cover {...coverOf(track)} size="small" />
      </span>
      <TrackPlayButton track={track} quiet list={tracks} />
      <span className={styles.names}>
        <Link to="/tracks/$id" params={{ id: track.id }} className={styles.title}>
          {track.title}
        </Link>
        <span className={styles.by}>
          <Link to="/artists/$slug" params={{ slug: track.artist.slug }}>
            {track.artist.name}
          </Link>
          {SEPARATOR}
          <span className="tabular">{time}</span>
        </span>
      </span>
      <IconButton
        label={t("history.deleteEntry", { title: track.title, time })}
        onClick={() => takeOut({ play_id: entry.id }, t("history.deletedEntry", { title: short(track.title) }))}
      >
        <X size={20} strokeWidth={1.75} aria-hidden />
      </IconButton>
    </div>
  );
}

/** At once, and with a way back from that moment on. */
function takeOut(what: Deletion, done: string): void {
  const { gone, undo } = deleteHeard(what);
  const withdraw = say(done, {
    undo: () =>
      void undo().then(
        () => say(t("history.back")),
        (error: unknown) => say(wordsOf(error)),
      ),
  });
  gone.catch((error: unknown) => {
    withdraw();
    say(wordsOf(error));
  });
}

const timeOf = (instant: string): string =>
  new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" }).format(new Date(instant));
