import { useQuery } from "@tanstack/react-query";
import { Disc3, Heart, HeartOff, ListEnd, ListStart, Share, User } from "lucide-react";
import type { KeyboardEvent } from "react";
import type { Keepable } from "../../api/library";
import { meQuery } from "../../api/queries";
import type { Track } from "../../api/types";
import { t } from "../../lib/messages";
import { short } from "../../lib/short";
import { linkTo, share } from "../../ui/share";
import { Menu, type MenuEntry } from "../../ui/Menu";
import { say } from "../../ui/said";
import { useKeeping } from "../../ui/keep/useKeeping";
import { safetyEntries } from "../../ui/safety/actions";
import * as player from "../player/player";
import "../../ui/keep/words";
import "./words";

/** What can be done with a track, wherever it stands. */
export function TrackMenu({ track }: { track: Track }) {
  const keep = useKeeping();
  const { data: me } = useQuery(meQuery);
  const entries = () => [
    ...entriesOf(track, keep),
    "line" as const,
    ...safetyEntries({ kind: "track", id: track.id, name: track.title }, { signedIn: Boolean(me), own: track.can_edit }),
  ];
  return <Menu label={t("track.menu", { title: track.title })} entries={entries} />;
}

function entriesOf(track: Track, keep: (thing: Keepable) => void): (MenuEntry | "line")[] {
  const { id, title, artist, release } = track;
  const rests = track.media_status !== "playable";
  const playNext = () => {
    player.playNext([id]);
    say(t("track.next", { title: short(title) }));
  };
  const add = () => {
    player.addToQueue([id]);
    say(t("track.queued", { title: short(title) }));
  };
  return [
    { label: t("track.playNext"), icon: ListStart, rests, onSelect: playNext },
    { label: t("track.addToQueue"), icon: ListEnd, rests, onSelect: add },
    {
      label: t(track.saved ? "keep.remove" : "keep.save"),
      icon: track.saved ? HeartOff : Heart,
      onSelect: () => keep({ kind: "track", item: track }),
    },
    { label: t("track.share"), icon: Share, onSelect: () => void share(linkTo(track)) },
    "line",
    { label: t("track.goToArtist"), icon: User, link: { to: "/artists/$slug", params: { slug: artist.slug } } },
    ...(release
      ? [{ label: t("track.goToRelease"), icon: Disc3, link: { to: "/releases/$id", params: { id: release.id } } } as const]
      : []),
  ];
}

/** The context key, or Shift and F10, on any control of a row: the row's menu. A pointer's second button stays the browser's. */
export function openMenuByKey(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== "ContextMenu" && !(event.key === "F10" && event.shiftKey)) return;
  const button = event.currentTarget.querySelector<HTMLElement>('[aria-haspopup="menu"]');
  if (!button) return;
  event.preventDefault();
  button.focus();
  button.click();
}
