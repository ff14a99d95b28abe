// Made from the server's OpenAPI document by scripts/schema.mjs. Change the server, then make it again.

/** What is left out stays as it is; in a new room, unknown. */
export interface AccessIn {
  accessible_toilet?: boolean | null;
  companion_free?: boolean | null;
  hearing_loop?: boolean | null;
  quiet_space?: boolean | null;
  seats?: boolean | null;
  step_free?: boolean | null;
  strobe_free?: boolean | null;
  words?: string;
}

export interface AccessOut {
  accessible_toilet: boolean | null;
  companion_free: boolean | null;
  hearing_loop: boolean | null;
  quiet_space: boolean | null;
  seats: boolean | null;
  step_free: boolean | null;
  strobe_free: boolean | null;
  words: string;
}

export interface AccountOut {
  created_at: string;
  display_name: string;
  email: string;
  id: string;
}

/** An artist of the scene, or a name. */
export interface ActIn {
  after_s?: number | null;
  artist_id?: string | null;
  name?: string | null;
}

export interface ActOut {
  after_s: number | null;
  answer: Answer;
  artist: PartyOut | null;
  id: string;
  name: string;
}

export interface AllowanceOut {
  left: number;
  most: number;
  opens_at: string | null;
  per_s: number;
  standing: Standing;
  what: Limited;
}

/** Whom a list of people is narrowed to. */
export type Among = "everybody" | "suspended" | "team";

/** Of a venue or an artist that was named. */
export type Answer = "none" | "asked" | "confirmed" | "declined";

export interface AnswerIn {
  answer: "confirmed" | "declined";
}

export interface AppealByLinkIn {
  token: string;
  words: string;
}

export interface AppealIn {
  words: string;
}

export interface ArtistIn {
  bio?: string;
  city: string;
  genres?: string[];
  links?: string[];
  name: string;
  website?: string;
}

export interface ArtistOut {
  bio: string;
  can_edit: boolean;
  city: string;
  claimable: boolean;
  created_at: string;
  following: boolean;
  genres: GenreOut[];
  id: string;
  links: string[];
  name: string;
  slug: string;
  website: string | null;
}

/** What is left out stays as it is. */
export interface ArtistPatch {
  bio?: string | null;
  city?: string | null;
  genres?: string[] | null;
  links?: string[] | null;
  name?: string | null;
  website?: string | null;
}

export interface ArtistRefOut {
  id: string;
  name: string;
  slug: string;
}

export interface AuditRecordOut {
  act: string;
  actor_id: string | null;
  actor_name: string | null;
  at: string;
  hand: string;
  payload: Record<string, string | number | boolean | null> | null;
  seq: number;
  subject_id: string | null;
  subject_kind: string;
  subject_name: string | null;
}

/** What the caller did with one party, track or release. */
export interface AvoidanceOut {
  blocked: boolean;
  hidden: boolean;
  muted: boolean;
}

export interface AvoidedOut {
  id: string;
  kind: PartyKind;
  name: string;
  since: string;
  slug: string;
}

export interface CaseActOut {
  act: string;
  actor_name: string | null;
  at: string;
  words: string;
}

export interface CaseFileOut {
  acts: CaseActOut[];
  case: CaseOut;
  items: CaseReportOut[];
}

export interface CaseOut {
  appeal: string | null;
  appealed_at: string | null;
  claimed_by: string | null;
  claimed_by_name: string | null;
  decided_at: string | null;
  decision: Decision | null;
  facts: string | null;
  first_decision: Decision | null;
  id: string;
  kind: SubjectKind;
  opened_at: string;
  party_name: string | null;
  reasons: Reason[];
  reports: number;
  rule: string | null;
  state: CaseState;
  subject_id: string;
  title: string;
}

export interface CaseReportOut {
  by_guest: boolean;
  created_at: string;
  evidence: Record<string, string>;
  id: string;
  reason: Reason;
  words: string;
}

export type CaseState = "open" | "claimed" | "decided";

/** Either the whole log is as it was written, or the first entry that is not. */
export interface ChainOut {
  broken_at: number | null;
  entries: number;
  hash: string | null;
  why: string | null;
}

/** A moderator's. */
export type ClaimDecision = "granted" | "replaced" | "refused";

export interface ClaimMailIn {
  email: string;
}

export interface ClaimOut {
  answer: string;
  code: string;
  created_at: string;
  expires_at: string;
  id: string;
  mail_domain: string | null;
  profile: ProfileRefOut;
  proof: ClaimProof | null;
  status: ClaimStatus;
  words: string;
}

export type ClaimProof = "site" | "mail" | "moderator";

export type ClaimStatus = "open" | "waiting" | "granted" | "refused";

export interface ClaimTokenIn {
  token: string;
}

export interface ClaimWordsIn {
  words: string;
}

export interface ClipOut {
  length_ms: number;
  start_ms: number;
  track: TrackOut;
}

export interface ClosedProfileOut {
  gone_at: string;
  id: string;
  kind: PartyKind;
  name: string;
  role: Role;
  slug: string;
}

export interface ClosedProfilesOut {
  profiles: ClosedProfileOut[];
}

export interface ClosingIn {
  name: string;
}

export interface ClosingOut {
  gone_at: string;
}

export interface ClosingPreviewOut {
  days: number;
  followers: number;
  members: number;
  name: string;
  releases: number;
  shows: number;
  tracks: number;
}

export interface CookieSessionOut {
  account: AccountOut;
}

export interface CountedGenreOut {
  artist_count: number;
  name: string;
  slug: string;
  track_count: number;
}

/** Addresses of square images; `colour` fills their place while they load. */
export interface CoverOut {
  colour: string;
  large: string;
  medium: string;
  small: string;
}

export type Decision = "no_action" | "warn" | "take_down" | "suspend" | "restore" | "uphold";

export interface DecisionIn {
  answer?: string;
  decision: ClaimDecision;
}

/** What whoever it is about may know: nothing of who reported it, or how many did. */
export interface DecisionOut {
  appealed_at: string | null;
  can_appeal: boolean;
  decided_at: string;
  decision: Decision;
  facts: string;
  id: string;
  kind: SubjectKind;
  rule: string;
  subject_id: string;
  title: string;
}

export interface DeletedOut {
  count: number;
}

/** One entry, or a span of time; nothing of it is everything. */
export interface DeletionIn {
  play_id?: string | null;
  since?: string | null;
  until?: string | null;
}

export interface DiskOut {
  free: number;
  total: number;
}

export interface EmailOut {
  email: string;
}

export interface ErasureIn {
  password: string;
}

export interface ErasureOut {
  due_at: string;
}

export interface ErasurePreviewOut {
  days: number;
  left_behind: LeftBehindOut[];
}

export interface ExportOut {
  asked_at: string;
  bytes: number | null;
  expires_at: string;
  id: string;
  parts: number;
  parts_done: number;
  status: ExportStatus;
  url: string | null;
}

export interface ExportStateOut {
  export: ExportOut | null;
  may_ask_at: string | null;
}

export type ExportStatus = "waiting" | "running" | "ready" | "failed";

export interface FailureOut {
  code: string;
  message: string;
}

export interface FirstAdminIn {
  token: string;
}

export interface FolderOut {
  bytes: number;
  files: number;
  whole: boolean;
}

export interface FollowedOut {
  id: string;
  kind: "artist" | "venue" | "organiser" | "person";
  name: string;
  since: string;
  slug: string;
}

export interface ForgottenPasswordIn {
  email: string;
}

export interface GenreOut {
  name: string;
  slug: string;
}

export interface GuestDataOut {
  address: string;
  follows: string[];
  reports: string[];
}

export interface GuestFollowOut {
  name: string;
  slug: string;
}

export interface GuestIn {
  email: string;
}

export interface GuestTokenIn {
  token: string;
}

/** One play of a track. */
export interface HeardOut {
  heard_at: string;
  id: string;
  track: TrackOut;
}

export interface HeldJobOut {
  attempts: number;
  error: string | null;
  failed_at: string;
  id: number;
  job: string;
  payload: string;
}

export interface InvitationIn {
  email?: string | null;
  role: "owner" | "manager" | "member" | "booker" | "door";
}

export interface InvitationOut {
  address: string | null;
  created_at: string;
  expires_at: string;
  id: string;
  invited_by: string | null;
  role: Role;
}

export interface InvitationTokenIn {
  token: string;
}

export interface JobKindIn {
  kind?: string | null;
}

export interface JudgedOut {
  judged_at: string;
  kept: boolean;
  track: TrackOut;
}

export interface JudgementIn {
  kept: boolean;
}

export interface KeepIn {
  email: string;
  password: string;
}

export interface KeepLinkIn {
  token: string;
}

export interface KeptOut {
  erased: string;
  exported: string;
  what: string;
}

export interface KeyIn {
  expires_at?: string | null;
  kind?: KeyKind;
  name: string;
  scopes?: ("read" | "write" | "upload")[];
}

export type KeyKind = "api_key" | "app_password";

export interface KeyOut {
  created_at: string;
  expires_at: string | null;
  id: string;
  kind: KeyKind;
  last_used_at: string | null;
  name: string;
  scopes: Scope[];
}

export interface KindOfJobOut {
  held: number;
  later: number;
  name: string;
  oldest_at: string | null;
  running: number;
  waiting: number;
}

export interface LeftBehindOut {
  heir: string | null;
  id: string;
  kind: PartyKind;
  name: string;
  slug: string;
}

export interface LegalOut {
  incomplete: string;
  page: LegalPage;
  sections: SectionOut[];
  title: string;
}

export type LegalPage = "terms" | "privacy" | "imprint" | "notice";

/** What is counted. */
export type Limited = "reports" | "follows" | "invitations" | "uploads" | "claims";

export interface LineupIn {
  acts: ActIn[];
}

export interface LineupOut {
  acts: ActOut[];
}

/** EBU R128. */
export interface LoudnessOut {
  integrated_lufs: number | null;
  range_lu: number | null;
  true_peak_dbtp: number | null;
}

export type MailState = "waiting" | "sent" | "kept" | "returned" | "withheld" | "expired";

export interface MailTokenIn {
  token: string;
}

export interface MeOut {
  created_at: string;
  display_name: string;
  email: string;
  email_pending: string | null;
  email_returned: boolean;
  id: string;
  profiles: ProfileOut[];
  scene_role: "moderator" | "admin" | null;
  verified: boolean;
}

/** What is left out stays as it is. */
export interface MePatch {
  display_name?: string | null;
}

/** Whether it plays; says nothing about who may hear it. */
export type MediaStatus = "processing" | "playable" | "failed";

export interface MemberOut {
  account_id: string;
  followable: boolean;
  following: boolean;
  name: string | null;
  role: Role;
  since: string;
}

export interface MomentOut {
  at: string;
  wall: string;
}

export interface MyShowOut {
  rsvp: RsvpOut;
  show: ShowOut;
}

export interface NewEmailIn {
  email: string;
  password: string;
}

/** Alike for every address: it never tells whether one has an account. */
export interface NewInvitationOut {
  address: string | null;
  expires_at: string;
  id: string;
  link: string | null;
  role: Role;
  token: string | null;
}

export interface NewKeyOut {
  key: KeyOut;
  secret: string;
}

export interface OfferOut {
  expires_at: string;
  invited_by: string | null;
  kind: PartyKind;
  name: string;
  party_id: string;
  role: Role;
  slug: string;
}

export interface OrganiserIn {
  about?: string;
  city: string;
  links?: string[];
  name: string;
  type: OrganiserType;
  website?: string;
}

export interface OrganiserOut {
  about: string;
  can_edit: boolean;
  city: string;
  claimable: boolean;
  created_at: string;
  following: boolean;
  id: string;
  links: string[];
  name: string;
  slug: string;
  type: OrganiserType;
  website: string | null;
}

/** What is left out stays as it is. */
export interface OrganiserPatch {
  about?: string | null;
  city?: string | null;
  links?: string[] | null;
  name?: string | null;
  type?: OrganiserType | null;
  website?: string | null;
}

export type OrganiserType = "promoter" | "collective" | "series" | "festival" | "label";

export interface OutboxMailOut {
  created_at: string;
  id: string;
  kind: string;
  state: MailState;
  subject: string;
  text: string;
  to: string;
}

export interface OwnReportOut {
  created_at: string;
  decision: Decision | null;
  id: string;
  kind: SubjectKind;
  reason: Reason;
  reference: string;
  state: CaseState;
  title: string;
}

export interface PartyIn {
  size?: number;
  type_id?: string | null;
}

export type PartyKind = "person" | "artist" | "venue" | "organiser" | "scene";

export interface PartyOut {
  id: string;
  kind: string;
  name: string;
  slug: string;
}

export interface PasswordIn {
  current: string;
  new: string;
}

export interface PersonDetailOut {
  created_at: string;
  email: string | null;
  id: string;
  name: string;
  profiles: PersonsProfileOut[];
  scene_role: "moderator" | "admin" | null;
  standing: Standing;
  suspension: SuspensionOut | null;
}

export interface PersonOut {
  created_at: string;
  email: string | null;
  id: string;
  name: string;
  scene_role: "moderator" | "admin" | null;
  suspension: SuspensionOut | null;
}

export interface PersonsCaseOut {
  decided_at: string | null;
  decision: Decision | null;
  id: string;
  opened_at: string;
  party_name: string | null;
  reports: number;
  state: CaseState;
  title: string;
}

export interface PersonsProfileOut {
  id: string;
  kind: PartyKind;
  name: string;
  role: Role;
  slug: string;
}

export interface PersonsSessionOut {
  created_at: string;
  device: string;
  id: string;
  last_seen_at: string;
}

/** From GeoNames (CC BY 4.0). */
export interface PlaceOut {
  country: string;
  id: number;
  latitude: number;
  longitude: number;
  name: string;
  region: string;
  zone: string;
}

export interface PlaceTypeIn {
  id?: string | null;
  name: string;
  size?: number | null;
}

export interface PlacesIn {
  capacity?: number | null;
  offer_minutes?: number;
  offers_stop_minutes?: number;
  party_max?: number;
  types?: PlaceTypeIn[];
}

export interface PlacesOut {
  capacity: number | null;
  free: number | null;
  going: number;
  interested: number;
  offer_minutes: number;
  offers_stop_minutes: number;
  party_max: number;
  types: PoolOut[];
  waiting: number;
}

export interface PlayIn {
  heard_at: string;
  id: string;
  track_id: string;
}

export interface PlaysIn {
  plays: PlayIn[];
  sent_at?: string | null;
}

export interface PoolOut {
  free: number | null;
  id: string;
  name: string;
  size: number | null;
}

export interface PreferencesOut {
  adult_from: string | null;
  followable: boolean;
  genres: string[];
  history_paused: boolean;
  nights: number[];
  place: PlaceOut | null;
  reach: Reach | null;
  reach_km: number | null;
  welcomed: boolean;
}

/** What is left out stays as it is; null takes it back. */
export interface PreferencesPatch {
  followable?: boolean | null;
  history_paused?: boolean | null;
  nights?: number[] | null;
  place_id?: number | null;
  reach?: Reach | null;
  welcomed?: boolean | null;
}

export interface PriceIn {
  currency: string;
  from_minor: number;
  to_minor: number;
}

export interface PriceOut {
  currency: string;
  from_minor: number;
  to_minor: number;
}

export interface Problem {
  code: string;
  detail: string;
  field?: string;
  retry_after_s?: number;
  status: number;
  title: string;
  type: string;
}

export interface ProfileOut {
  id: string;
  kind: PartyKind;
  name: string;
  role: Role;
  slug: string;
}

export interface ProfileRefOut {
  claimable: boolean;
  id: string;
  kind: "artist" | "venue" | "organiser";
  name: string;
  slug: string;
  website: string | null;
}

/** Who may find it; says nothing about whether it plays. */
export type Publication = "draft" | "scheduled" | "unlisted" | "published";

export interface QueueOut {
  kinds: KindOfJobOut[];
  running: RunningJobOut[];
  whole: boolean;
}

/** How far somebody goes for a night out. */
export type Reach = "walk" | "city" | "region";

/** What somebody finds wrong with it. */
export type Reason = "not_theirs" | "pretends" | "hate" | "harassment" | "sexual" | "child_safety" | "violence" | "spam" | "private" | "illegal" | "other";

export interface ReasonIn {
  words?: string;
}

export interface RefreshIn {
  refresh_token: string;
}

export interface ReleaseIn {
  artist_id: string;
  kind: ReleaseKind;
  released_on?: string | null;
  title: string;
}

export type ReleaseKind = "album" | "ep" | "single";

export interface ReleaseOut {
  artist: ArtistRefOut;
  can_edit: boolean;
  cover: CoverOut | null;
  id: string;
  kind: ReleaseKind;
  publication: Publication;
  published_at: string | null;
  released_on: string | null;
  saved: boolean;
  title: string;
  track_count: number;
}

export interface ReleasePatch {
  kind?: ReleaseKind | null;
  released_on?: string | null;
  title?: string | null;
}

export interface ReleaseRefOut {
  id: string;
  title: string;
}

export interface ReleasedOut {
  released: number;
}

export interface ReportIn {
  contact?: string | null;
  kind: SubjectKind;
  reason: Reason;
  subject_id: string;
  words?: string;
}

export interface ReportTokenIn {
  token: string;
}

export interface ReportedOut {
  kept: number;
}

export interface RescheduleIn {
  times: TimesIn;
  words?: string;
}

export interface ResetPasswordIn {
  password: string;
  token: string;
}

/** What an account is to a party. A profile keeps at least one owner. */
export type Role = "owner" | "manager" | "member" | "booker" | "door" | "moderator" | "admin";

export interface RoleIn {
  role: "owner" | "manager" | "member" | "booker" | "door";
}

export interface RoomIn {
  access?: AccessIn;
  capacity?: number | null;
  name: string;
}

export interface RoomOut {
  access: AccessOut;
  capacity: number | null;
  closed: boolean;
  id: string;
  name: string;
  venue: PartyOut;
}

/** What is left out stays as it is. */
export interface RoomPatch {
  access?: AccessIn;
  capacity?: number | null;
  name?: string;
}

export interface RsvpIn {
  says: "going" | "interested" | "no";
  size?: number;
  type_id?: string | null;
}

export interface RsvpOut {
  ahead: number | null;
  said_at: string;
  size: number;
  state: RsvpState;
  type_id: string | null;
  until: string | null;
}

export type RsvpState = "no" | "interested" | "held" | "going" | "waiting" | "offered" | "lapsed";

export interface RunningJobOut {
  attempts: number;
  id: number;
  job: string;
  payload: string;
  since: string;
}

export interface SceneRoleIn {
  role: "moderator" | "admin" | null;
}

export interface SchemaOut {
  bytes: number;
  name: string;
  tables: number;
}

/** What a key may do of what its account may. */
export type Scope = "read" | "write" | "upload" | "listen";

export interface SectionOut {
  heading: string;
  paragraphs: string[];
  rows: KeptOut[];
}

export interface SessionOut {
  created_at: string;
  current: boolean;
  device: string;
  id: string;
  last_seen_at: string;
  network: string;
  place: string;
}

/** What is done to a show as a whole. */
export type ShowAct = "published" | "rescheduled" | "postponed" | "cancelled";

export interface ShowChangeOut {
  act: ShowAct;
  at: string;
  before: MomentOut | null;
  before_zone: string | null;
  words: string;
}

export interface ShowIn {
  about?: string;
  age_from?: number | null;
  links?: string[];
  owner_id: string;
  price?: PriceIn | null;
  times: TimesIn;
  title: string;
  where?: WhereIn;
}

export interface ShowOut {
  about: string;
  acts: ActOut[];
  age_from: number | null;
  can_edit: boolean;
  created_at: string;
  id: string;
  links: string[];
  owner: PartyOut;
  price: PriceOut | null;
  published_at: string | null;
  state: ShowState;
  times: TimesOut;
  title: string;
  version: number;
  where: WhereOut;
}

/** What is left out stays as it is. The times of a published show are changed by `reschedule`. */
export interface ShowPatch {
  about?: string;
  age_from?: number | null;
  links?: string[];
  price?: PriceIn | null;
  times?: TimesIn | null;
  title?: string;
  where?: WhereIn;
}

/** As schema.org's eventStatus, with the draft before and the end after. */
export type ShowState = "draft" | "published" | "rescheduled" | "postponed" | "cancelled" | "over";

export interface SignInIn {
  email: string;
  password: string;
  time_zone?: string;
}

export interface SignUpIn {
  born: string;
  display_name: string;
  email: string;
  password: string;
}

/** The file as it was uploaded. */
export interface SourceOut {
  bytes: number;
  channels: number;
  codec: string;
  container: string;
  sample_rate: number;
}

export type Standing = "new" | "settled" | "trusted" | "restricted";

/** One background step of a track. */
export interface StepOut {
  attempts: number;
  error: string | null;
  finished_at: string | null;
  name: string;
  status: StepStatus;
}

export type StepStatus = "waiting" | "running" | "done" | "failed";

export interface StorageOut {
  blobs: TallyOut[];
  blobs_are_local: boolean;
  cache: FolderOut;
  database_bytes: number;
  disk: DiskOut;
  schemas: SchemaOut[];
  uploads: FolderOut;
}

/** Where it is heard: an HLS playlist, and one progressive MP4 of exact length; both expire. */
export interface StreamOut {
  expires_at: string;
  hls: string;
  url: string;
}

export interface StubIn {
  city: string;
  kind: "artist" | "venue" | "organiser";
  name: string;
  type?: OrganiserType | null;
  website?: string;
}

/** What can be reported. */
export type SubjectKind = "track" | "release" | "artist" | "venue" | "organiser" | "person";

export interface SuspensionIn {
  reason: string;
  until?: string | null;
}

export interface SuspensionOut {
  reason: string;
  since: string;
  until: string | null;
}

export interface TakenBackOut {
  reset_token: string;
}

export interface TallyOut {
  blobs: number;
  bytes: number;
  counted_at: string;
  kind: string;
}

export interface TasteGenresIn {
  genres: string[];
}

export interface TimesIn {
  curfew?: string | null;
  doors?: string | null;
  fold?: 0 | 1;
  starts: string;
  zone: string;
}

export interface TimesOut {
  curfew: MomentOut | null;
  doors: MomentOut | null;
  evening: string;
  starts: MomentOut;
  zone: string;
}

export interface TokensOut {
  access_token: string;
  expires_in: number;
  refresh_token: string;
  token_type?: "Bearer";
}

export interface TrackOrderIn {
  track_ids: string[];
}

export interface TrackOut {
  artist: ArtistRefOut;
  can_edit: boolean;
  cover: CoverOut | null;
  created_at: string;
  duration_ms: number | null;
  failure: FailureOut | null;
  genres: GenreOut[];
  id: string;
  loudness: LoudnessOut | null;
  media_status: MediaStatus;
  position: number | null;
  publication: Publication;
  published_at: string | null;
  release: ReleaseRefOut | null;
  saved: boolean;
  source: SourceOut | null;
  steps_done: string[];
  stream: StreamOut | null;
  title: string;
  waveform: number[] | null;
}

export interface TrackPatch {
  genres?: string[] | null;
  release_id?: string | null;
  title?: string | null;
}

export interface TransferIn {
  account_id: string;
  stay_as: "manager" | "member" | "booker" | "door" | null;
}

export interface UnsubscribeIn {
  everything?: boolean;
  token: string;
}

export interface VenueIn {
  about?: string;
  city: string;
  links?: string[];
  name: string;
  website?: string;
}

export interface VenueOut {
  about: string;
  can_edit: boolean;
  city: string;
  claimable: boolean;
  created_at: string;
  following: boolean;
  id: string;
  links: string[];
  name: string;
  slug: string;
  website: string | null;
}

/** What is left out stays as it is. */
export interface VenuePatch {
  about?: string | null;
  city?: string | null;
  links?: string[] | null;
  name?: string | null;
  website?: string | null;
}

export interface VerdictIn {
  days?: number | null;
  decision: Decision;
  facts: string;
  rule: Reason;
}

/** What a moderator decides about. */
export interface WaitingClaimOut {
  account_id: string;
  claimant: string;
  created_at: string;
  id: string;
  profile: ProfileRefOut;
  words: string;
}

/** A room of the scene, or a place in words. */
export interface WhereIn {
  place_address?: string | null;
  place_name?: string | null;
  room_id?: string | null;
}

export interface WhereOut {
  place_address: string | null;
  place_name: string | null;
  room: RoomOut | null;
  venue_answer: Answer;
}
