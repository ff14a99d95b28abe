import type { AnyRouter } from "@tanstack/react-router";
import {
  CircleHelp,
  CirclePause,
  CirclePlay,
  Compass,
  Heart,
  House,
  ListMusic,
  LogIn,
  LogOut,
  Monitor,
  Moon,
  Settings,
  SkipBack,
  SkipForward,
  SlidersHorizontal,
  Sun,
  Tag,
  Upload,
  UserPlus,
  type LucideIcon,
} from "lucide-react";
import type { Artist, Cover, Genre, Me, Release, Track } from "../../api/types";
import { t, type MessageKey } from "../../lib/messages";
import { chooseTheme, themeChoice } from "../../lib/theme";
import * as player from "../player/player";
import { panels, playerState } from "../player/state";
import { showOverlay } from "../../lib/overlays";
import { coverOf } from "../../ui/Cover";
import { leave } from "../../ui/leave";
import "./finderWords";

export const GROUPS = ["pages", "actions", "artists", "releases", "tracks", "genres"] as const;
export type Group = (typeof GROUPS)[number];

/** Something the finder can go to or do. */
export interface Place {
  id: string;
  group: Group;
  name: string;
  also?: string;
  note?: string;
  icon?: LucideIcon;
  /** A release's or an artist's own picture, in place of the icon. */
  art?: { cover: Cover | null; seed: string; genre?: string | undefined; peaks?: readonly number[] | null };
  path?: string;
  act?: () => unknown;
}

type FindKey = Extract<MessageKey, `find.${string}`>;

function place(group: Group, key: FindKey, icon: LucideIcon, goes: Pick<Place, "path" | "act">, also: FindKey): Place {
  return { id: key, group, name: t(key), also: t(also), icon, ...goes };
}

/** `undefined`: not known yet, so neither what is a member's nor what is a guest's. */
export function pagesFor(me: Me | null | undefined): Place[] {
  const page = (key: FindKey, icon: LucideIcon, path: string, also: FindKey) =>
    place("pages", key, icon, { path }, also);
  const settings = page("find.settings", Settings, "/settings", "find.settingsAlso");
  const own = [
    page("find.studio", SlidersHorizontal, "/studio", "find.studioAlso"),
    settings,
    page("find.newArtist", UserPlus, "/studio/new-artist", "find.newArtistAlso"),
  ];
  const guests = [
    page("find.signIn", LogIn, "/sign-in", "find.signInAlso"),
    page("find.signUp", UserPlus, "/sign-up", "find.signUpAlso"),
    settings,
  ];
  return [
    page("find.home", House, "/", "find.homeAlso"),
    page("find.browse", Compass, "/genres", "find.browseAlso"),
    page("find.library", Heart, "/library", "find.libraryAlso"),
    ...(me ? own : me === null ? guests : [settings]),
  ];
}

export function actionsFor(me: Me | null | undefined, router: AnyRouter): Place[] {
  const action = (key: FindKey, icon: LucideIcon, act: () => unknown, also: FindKey) =>
    place("actions", key, icon, { act }, also);
  return [
    ...playing().map(([key, icon, act, also]) => action(key, icon, act, also)),
    ...(me ? [place("actions", "find.upload", Upload, { path: "/studio" }, "find.uploadAlso")] : []),
    ...themes().map(([key, icon, act]) => action(key, icon, act, "find.themeAlso")),
    action("find.keys", CircleHelp, () => showOverlay("keys"), "find.keysAlso"),
    ...(me ? [action("find.signOut", LogOut, () => leave(router), "find.signOutAlso")] : []),
  ];
}

type Line = [FindKey, LucideIcon, () => unknown, FindKey];

function playing(): Line[] {
  const { queue, status } = playerState.get();
  if (queue.index < 0) return [];
  const isOn = status === "playing" || status === "loading";
  return [
    [isOn ? "find.pause" : "find.play", isOn ? CirclePause : CirclePlay, player.toggle, "find.playAlso"],
    ["find.next", SkipForward, player.next, "find.nextAlso"],
    ["find.previous", SkipBack, player.previous, "find.previousAlso"],
    [
      panels.get().queue ? "find.queueClose" : "find.queue",
      ListMusic,
      player.showQueue,
      "find.queueAlso",
    ],
  ];
}

function themes(): [FindKey, LucideIcon, () => void][] {
  const all = [
    ["light", "find.themeLight", Sun],
    ["dark", "find.themeDark", Moon],
    ["system", "find.themeSystem", Monitor],
  ] as const;
  const { theme: current } = themeChoice.get();
  return all.filter(([theme]) => theme !== current).map(([theme, key, icon]) => [key, icon, () => chooseTheme(theme)]);
}

export const artistPlace = (artist: Artist): Place => ({
  id: artist.id,
  group: "artists",
  name: artist.name,
  also: artist.genres.map((genre) => genre.name).join(" "),
  note: artist.city,
  art: { cover: null, seed: artist.id, genre: artist.genres[0]?.slug },
  path: `/artists/${encodeURIComponent(artist.slug)}`,
});

export const releasePlace = (release: Release): Place => ({
  id: release.id,
  group: "releases",
  name: release.title,
  also: release.artist.name,
  note: release.artist.name,
  art: { cover: release.cover, seed: release.id },
  path: `/releases/${release.id}`,
});

export const trackPlace = (track: Track): Place => ({
  id: track.id,
  group: "tracks",
  name: track.title,
  also: track.artist.name,
  note: track.artist.name,
  art: coverOf(track),
  path: `/tracks/${track.id}`,
});

export const genrePlace = (genre: Genre): Place => ({
  id: genre.slug,
  group: "genres",
  name: genre.name,
  icon: Tag,
  path: `/genres/${encodeURIComponent(genre.slug)}`,
});
