import {
  createRootRoute,
  createRoute,
  createRouter,
  notFound,
  redirect,
} from "@tanstack/react-router";
import { actingNow, musicOf } from "../api/acting";
import { personQuery, type LogFilter } from "../api/admin";
import { ApiError } from "../api/client";
import {
  artistQuery,
  artistReleasesQuery,
  artistTracksQuery,
  genreArtistsQuery,
  genreReleasesQuery,
  genreTracksQuery,
  genresQuery,
  latestArtistsQuery,
  latestReleasesQuery,
  latestTracksQuery,
  legalQuery,
  meQuery,
  myTracksQuery,
  preferencesQuery,
  releaseQuery,
  releaseTracksQuery,
  savedTracksQuery,
  trackQuery,
} from "../api/queries";
import { outboxQuery } from "../api/outbox";
import { organiserQuery, profileQuery, venueQuery } from "../api/profiles";
import { queryClient } from "../api/queryClient";
import { seemsSignedIn } from "../api/signedIn";
import type { Among, FollowedKind } from "../api/types";
import { followedKindOf, partOf, type LibraryPart } from "../features/library/parts";
import { safeNext } from "../lib/safeNext";
import { stepOf, type Step } from "../features/welcome/steps";
import { studioView, type StudioView } from "../features/studio/views";
import { Frame } from "./Frame";
import { CrashPage, NotFoundPage, WaitingPage } from "./Pages";
import { transitionTypes } from "./morph";
import { lazyPage } from "./parts";

/** Pages are the server's too: the same paths arrive with title and summary before this code runs. */
const root = createRootRoute({
  // Asked for beside the page's own data; no page that doesn't need it waits for it.
  loader: () => void queryClient.prefetchQuery(meQuery),
  component: Frame,
  notFoundComponent: NotFoundPage,
});

const home = createRoute({
  getParentRoute: () => root,
  path: "/",
  loader: () =>
    Promise.all([
      queryClient.ensureInfiniteQueryData(latestTracksQuery),
      queryClient.ensureInfiniteQueryData(latestReleasesQuery),
      queryClient.ensureInfiniteQueryData(latestArtistsQuery),
      // Only for a line of greeting: home stands without it.
      seemsSignedIn() && queryClient.ensureQueryData(preferencesQuery).catch(() => null),
    ]),
  component: lazyPage(() => import("../features/home/HomePage"), "HomePage"),
});

const artist = createRoute({
  getParentRoute: () => root,
  path: "/artists/$slug",
  loader: async ({ params }) => {
    const found = await orNotFound(queryClient.ensureQueryData(artistQuery(params.slug)));
    await Promise.all([
      queryClient.ensureInfiniteQueryData(artistTracksQuery(found.id)),
      queryClient.ensureInfiniteQueryData(artistReleasesQuery(found.id)),
    ]);
  },
  component: lazyPage(() => import("../features/artist/ArtistPage"), "ArtistPage"),
});

const release = createRoute({
  getParentRoute: () => root,
  path: "/releases/$id",
  loader: ({ params }) =>
    orNotFound(
      Promise.all([
        queryClient.ensureQueryData(releaseQuery(params.id)),
        queryClient.ensureInfiniteQueryData(releaseTracksQuery(params.id)),
      ]),
    ),
  component: lazyPage(() => import("../features/release/ReleasePage"), "ReleasePage"),
});

const track = createRoute({
  getParentRoute: () => root,
  path: "/tracks/$id",
  // A shared moment: where to begin, in seconds.
  validateSearch: (search: Record<string, unknown>): { t?: number | undefined } => {
    const seconds = Number(search.t);
    return { t: seconds > 0 && Number.isFinite(seconds) ? seconds : undefined };
  },
  loader: ({ params }) => orNotFound(queryClient.ensureQueryData(trackQuery(params.id))),
  component: lazyPage(() => import("../features/track/TrackPage"), "TrackPage"),
});

const genres = createRoute({
  getParentRoute: () => root,
  path: "/genres",
  loader: () => queryClient.ensureQueryData(genresQuery),
  component: lazyPage(() => import("../features/genre/GenresPage"), "GenresPage"),
});

const genre = createRoute({
  getParentRoute: () => root,
  path: "/genres/$slug",
  loader: async ({ params: { slug } }) => {
    const known = await queryClient.ensureQueryData(genresQuery);
    if (!known.items.some((one) => one.slug === slug)) throw notFound();
    await Promise.all([
      queryClient.ensureInfiniteQueryData(genreTracksQuery(slug)),
      queryClient.ensureInfiniteQueryData(genreReleasesQuery(slug)),
      queryClient.ensureInfiniteQueryData(genreArtistsQuery(slug)),
    ]);
  },
  component: lazyPage(() => import("../features/genre/GenrePage"), "GenrePage"),
});

const welcome = createRoute({
  getParentRoute: () => root,
  path: "/welcome",
  validateSearch: (search: Record<string, unknown>): { step?: Step | undefined } => ({ step: stepOf(search.step) }),
  loader: async () => {
    await needAccount("/welcome");
    await queryClient.ensureQueryData(preferencesQuery);
  },
  component: lazyPage(() => import("../features/welcome/WelcomePage"), "WelcomePage"),
});

const library = createRoute({
  getParentRoute: () => root,
  path: "/library",
  // `undefined` must be said, here too.
  validateSearch: (
    search: Record<string, unknown>,
  ): { show?: LibraryPart | undefined; kind?: FollowedKind | undefined } => ({
    show: partOf(search.show),
    kind: followedKindOf(search.kind),
  }),
  loader: async () => {
    const me = await queryClient.ensureQueryData(meQuery);
    if (me) await queryClient.ensureInfiniteQueryData(savedTracksQuery);
  },
  component: lazyPage(() => import("../features/library/LibraryPage"), "LibraryPage"),
});

// `undefined` must be said: what a validator leaves out is taken over from the address as it came.
const nextSearch = (search: Record<string, unknown>): { next?: string | undefined } => ({
  next: safeNext(search.next) ?? undefined,
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: nextSearch,
  component: lazyPage(() => import("../features/account/SignInPage"), "SignInPage"),
});

const signUp = createRoute({
  getParentRoute: () => root,
  path: "/sign-up",
  validateSearch: nextSearch,
  component: lazyPage(() => import("../features/account/SignUpPage"), "SignUpPage"),
});

const forgot = createRoute({
  getParentRoute: () => root,
  path: "/forgot",
  component: lazyPage(() => import("../features/account/ForgotPage"), "ForgotPage"),
});

const reset = createRoute({
  getParentRoute: () => root,
  path: "/reset",
  component: lazyPage(() => import("../features/account/ResetPage"), "ResetPage"),
});

const verify = createRoute({
  getParentRoute: () => root,
  path: "/verify",
  component: lazyPage(() => import("../features/account/VerifyPage"), "VerifyPage"),
});

const takeBack = createRoute({
  getParentRoute: () => root,
  path: "/take-back",
  component: lazyPage(() => import("../features/account/TakeBackPage"), "TakeBackPage"),
});

const outbox = createRoute({
  getParentRoute: () => root,
  path: "/outbox",
  loader: () => orNotFound(queryClient.fetchQuery(outboxQuery)),
  component: lazyPage(() => import("../features/outbox/OutboxPage"), "OutboxPage"),
});

const settings = createRoute({
  getParentRoute: () => root,
  path: "/settings",
  loader: () => queryClient.ensureQueryData(meQuery),
  component: lazyPage(() => import("../features/settings/SettingsPage"), "SettingsPage"),
});

const studio = createRoute({
  getParentRoute: () => root,
  path: "/studio",
  validateSearch: ({ view }: Record<string, unknown>): { view?: StudioView | undefined } => ({ view: studioView(view) }),
  loader: async () => {
    await needAccount("/studio");
    await queryClient.ensureInfiniteQueryData(myTracksQuery(false, musicOf(actingNow())));
  },
  component: lazyPage(() => import("../features/studio/StudioPage"), "StudioPage"),
});

const newArtist = createRoute({
  getParentRoute: () => root,
  path: "/studio/new-artist",
  loader: async () => {
    await needAccount("/studio/new-artist");
    await queryClient.ensureQueryData(genresQuery);
  },
  component: lazyPage(() => import("../features/studio/NewArtistPage"), "NewArtistPage"),
});

const team = createRoute({
  getParentRoute: () => root,
  path: "/studio/team/$id",
  loader: async ({ params }) => {
    await needAccount(`/studio/team/${params.id}`);
    const me = await queryClient.ensureQueryData(meQuery);
    if (!me?.profiles.some((profile) => profile.id === params.id)) throw notFound();
  },
  component: lazyPage(() => import("../features/team/TeamPage"), "TeamPage"),
});

const newVenue = createRoute({
  getParentRoute: () => root,
  path: "/studio/new-venue",
  loader: () => needAccount("/studio/new-venue"),
  component: lazyPage(() => import("../features/studio/NewCardPage"), "NewVenuePage"),
});

const newOrganiser = createRoute({
  getParentRoute: () => root,
  path: "/studio/new-organiser",
  loader: () => needAccount("/studio/new-organiser"),
  component: lazyPage(() => import("../features/studio/NewCardPage"), "NewOrganiserPage"),
});

const venue = createRoute({
  getParentRoute: () => root,
  path: "/venues/$slug",
  loader: ({ params }) => orNotFound(queryClient.ensureQueryData(venueQuery(params.slug))),
  component: lazyPage(() => import("../features/profile/CardPage"), "VenuePage"),
});

const organiser = createRoute({
  getParentRoute: () => root,
  path: "/organisers/$slug",
  loader: ({ params }) => orNotFound(queryClient.ensureQueryData(organiserQuery(params.slug))),
  component: lazyPage(() => import("../features/profile/CardPage"), "OrganiserPage"),
});

const claim = createRoute({
  getParentRoute: () => root,
  path: "/claim/$id",
  loader: async ({ params }) => {
    await needAccount(`/claim/${params.id}`);
    await orNotFound(queryClient.ensureQueryData(profileQuery(params.id)));
  },
  component: lazyPage(() => import("../features/claims/ClaimPage"), "ClaimPage"),
});

const claimLink = createRoute({
  getParentRoute: () => root,
  path: "/claim",
  loader: () => queryClient.ensureQueryData(meQuery),
  component: lazyPage(() => import("../features/claims/ClaimLinkPage"), "ClaimLinkPage"),
});

const claims = createRoute({
  getParentRoute: () => root,
  path: "/claims",
  loader: async () => {
    await needAccount("/claims");
    if (!(await queryClient.ensureQueryData(meQuery))?.scene_role) throw notFound();
  },
  component: lazyPage(() => import("../features/claims/ClaimsPage"), "ClaimsPage"),
});

const join = createRoute({
  getParentRoute: () => root,
  path: "/join",
  loader: () => queryClient.ensureQueryData(meQuery),
  component: lazyPage(() => import("../features/team/JoinPage"), "JoinPage"),
});

const guest = createRoute({
  getParentRoute: () => root,
  path: "/guest",
  component: lazyPage(() => import("../features/guest/ConfirmPage"), "ConfirmPage"),
});

const unsubscribe = createRoute({
  getParentRoute: () => root,
  path: "/unsubscribe",
  component: lazyPage(() => import("../features/guest/UnsubscribePage"), "UnsubscribePage"),
});

const guestData = createRoute({
  getParentRoute: () => root,
  path: "/guest-data",
  component: lazyPage(() => import("../features/guest/GuestDataPage"), "GuestDataPage"),
});

const keepAccount = createRoute({
  getParentRoute: () => root,
  path: "/keep-account",
  component: lazyPage(() => import("../features/leaving/KeepAccountPage"), "KeepAccountPage"),
});

const yourData = createRoute({
  getParentRoute: () => root,
  path: "/your-data",
  component: lazyPage(() => import("../features/leaving/YourDataPage"), "YourDataPage"),
});

const AMONG: readonly string[] = ["everybody", "team", "suspended"] satisfies Among[];
const admin = createRoute({
  getParentRoute: () => root,
  path: "/admin",
  validateSearch: ({ q, among }: Record<string, unknown>): { q?: string | undefined; among?: Among | undefined } => ({
    q: typeof q === "string" && q ? q : undefined,
    among: AMONG.includes(String(among)) ? (among as Among) : undefined,
  }),
  loader: () => needSceneRole("/admin", "moderator"),
  component: lazyPage(() => import("../features/admin/PeoplePage"), "PeoplePage"),
});

const adminPerson = createRoute({
  getParentRoute: () => root,
  path: "/admin/people/$id",
  loader: async ({ params: { id } }) => {
    await needSceneRole(`/admin/people/${id}`, "moderator");
    await orNotFound(queryClient.ensureQueryData(personQuery(id)));
  },
  component: lazyPage(() => import("../features/admin/PersonPage"), "PersonPage"),
});

const adminJobs = createRoute({
  getParentRoute: () => root,
  path: "/admin/jobs",
  loader: () => needSceneRole("/admin/jobs", "admin"),
  component: lazyPage(() => import("../features/admin/JobsPage"), "JobsPage"),
});

const adminStorage = createRoute({
  getParentRoute: () => root,
  path: "/admin/storage",
  loader: () => needSceneRole("/admin/storage", "admin"),
  component: lazyPage(() => import("../features/admin/StoragePage"), "StoragePage"),
});

const adminLog = createRoute({
  getParentRoute: () => root,
  path: "/admin/log",
  validateSearch: (search: Record<string, unknown>): LogFilter => {
    const text = (value: unknown) => (typeof value === "string" && value ? value : undefined);
    return { act: text(search.act), actor: text(search.actor), subject: text(search.subject) };
  },
  loader: () => needSceneRole("/admin/log", "admin"),
  component: lazyPage(() => import("../features/admin/LogPage"), "LogPage"),
});

const legal = createRoute({
  getParentRoute: () => root,
  path: "/legal/$page",
  loader: ({ params }) => orNotFound(queryClient.ensureQueryData(legalQuery(params.page))),
  component: lazyPage(() => import("../features/legal/LegalPage"), "LegalPage"),
});

const firstAdmin = createRoute({
  getParentRoute: () => root,
  path: "/first-admin",
  loader: () => queryClient.ensureQueryData(meQuery),
  component: lazyPage(() => import("../features/admin/FirstAdminPage"), "FirstAdminPage"),
});

/** Where a guest's mail leads: what became of their report. */
const reportState = createRoute({
  getParentRoute: () => root,
  path: "/report",
  component: lazyPage(() => import("../features/safety/ReportPage"), "ReportPage"),
});

/** Where the mail about a decision leads whoever can't sign in. */
const appeal = createRoute({
  getParentRoute: () => root,
  path: "/appeal",
  component: lazyPage(() => import("../features/safety/AppealPage"), "AppealPage"),
});

const moderation = createRoute({
  getParentRoute: () => root,
  path: "/moderation",
  validateSearch: ({ show, id }: Record<string, unknown>): { show?: "open" | "claimed" | "decided" | undefined; id?: string | undefined } => ({
    show: show === "claimed" || show === "decided" ? show : undefined,
    id: typeof id === "string" ? id : undefined,
  }),
  loader: () => needAccount("/moderation"),
  component: lazyPage(() => import("../features/moderation/ModerationPage"), "ModerationPage"),
});

/** Only while the page is being built: the production build drops it, its code and all. */
const style = import.meta.env.DEV
  ? [
      createRoute({
        getParentRoute: () => root,
        path: "/style",
        component: lazyPage(() => import("../features/style/StylePage"), "StylePage"),
      }),
    ]
  : [];

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    artist,
    release,
    track,
    genres,
    genre,
    library,
    welcome,
    signIn,
    signUp,
    forgot,
    reset,
    verify,
    takeBack,
    outbox,
    settings,
    studio,
    newArtist,
    team,
    newVenue,
    newOrganiser,
    venue,
    organiser,
    claim,
    claimLink,
    claims,
    join,
    guest,
    unsubscribe,
    guestData,
    keepAccount,
    yourData,
    admin,
    adminPerson,
    adminJobs,
    adminStorage,
    adminLog,
    firstAdmin,
    legal,
    reportState,
    appeal,
    moderation,
    ...style,
  ]),
  defaultViewTransition: { types: transitionTypes },
  defaultPreload: "intent",
  // The query cache decides what is fresh.
  defaultPreloadStaleTime: 0,
  scrollRestoration: true,
  defaultPendingComponent: WaitingPage,
  defaultPendingMs: 400,
  defaultErrorComponent: CrashPage,
  defaultNotFoundComponent: NotFoundPage,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}

async function needAccount(next: string): Promise<void> {
  const me = await queryClient.ensureQueryData(meQuery);
  if (!me) throw redirect({ to: "/sign-in", search: { next } });
}

/** Whoever may not see it finds nothing there. */
async function needSceneRole(next: string, least: "moderator" | "admin"): Promise<void> {
  await needAccount(next);
  const role = (await queryClient.ensureQueryData(meQuery))?.scene_role;
  if (role !== "admin" && role !== least) throw notFound();
}

async function orNotFound<T>(pending: Promise<T>): Promise<T> {
  try {
    return await pending;
  } catch (error) {
    // An id that is no id is refused as invalid: for a person it is the same empty page.
    if (error instanceof ApiError && (error.status === 404 || error.status === 422)) throw notFound();
    throw error;
  }
}
