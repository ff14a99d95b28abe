import type * as schema from "./schema";

/**
 * What the API answers (`/api/v1`), under the page's own names. The shapes are generated from the server's
 * OpenAPI document (`schema.ts`). Lengths in ms, instants ISO 8601 in UTC.
 */
export type Account = schema.AccountOut;
export type NewAccount = schema.SignUpIn;
export type Me = schema.MeOut;
export type Profile = schema.ProfileOut;
/** How much more of something the viewer may do for now. */
export type Allowance = schema.AllowanceOut;
/** Where the account is signed in; `device` is like "Firefox on Linux", or empty. */
export type Session = schema.SessionOut;
/** What is kept about a person, as one archive; `url` once it is there to be fetched. */
export type Export = schema.ExportOut;
export type ExportState = schema.ExportStateOut;
export type Erasure = schema.ErasureOut;
export type ErasurePreview = schema.ErasurePreviewOut;
export type ConfirmedEmail = schema.EmailOut;
/** What a program signs in with; its secret is told once, as a `NewKey`. */
export type Key = schema.KeyOut;
export type NewKey = schema.NewKeyOut;
export type KeyToMake = schema.KeyIn;
export type KeyScope = NonNullable<KeyToMake["scopes"]>[number];
export type OutboxMail = schema.OutboxMailOut;
export type GuestData = schema.GuestDataOut;
export type GuestFollow = schema.GuestFollowOut;
export type Member = schema.MemberOut;
export type ProfileRole = schema.RoleIn["role"];
export type Invitation = schema.InvitationOut;
/** Its link is told this once. */
export type NewInvitation = schema.NewInvitationOut;
export type Offer = schema.OfferOut;
export type ClosingPreview = schema.ClosingPreviewOut;
/** One of the viewer's; an owner may take it back until `gone_at`. */
export type ClosedProfile = schema.ClosedProfileOut;
/** A party that the viewer blocked, muted or hid. */
export type Avoided = schema.AvoidedOut;
export type Avoidance = schema.AvoidanceOut;
export type NewReport = schema.ReportIn;
export type OwnReport = schema.OwnReportOut;
/** What moderators decided about the viewer. */
export type Decided = schema.DecisionOut;
export type Case = schema.CaseOut;
export type CaseFile = schema.CaseFileOut;
export type Verdict = schema.VerdictIn;
export type Venue = schema.VenueOut;
export type NewVenue = schema.VenueIn;
export type Organiser = schema.OrganiserOut;
export type NewOrganiser = schema.OrganiserIn;
export type OrganiserType = schema.OrganiserType;
/** Any artist, venue or organiser, in short. */
export type ProfileRef = schema.ProfileRefOut;
export type Claim = schema.ClaimOut;
export type WaitingClaim = schema.WaitingClaimOut;
/** A party that the viewer follows. */
export type Followed = schema.FollowedOut;
export type FollowedKind = Followed["kind"];
export type Genre = schema.GenreOut;
/** With how many published tracks and artists it has. */
export type CountedGenre = schema.CountedGenreOut;
export type Artist = schema.ArtistOut;
export type NewArtist = schema.ArtistIn;
/** URLs of a cover's three sizes (96, 320, 800 px) and its leading colour, `#rrggbb`. */
export type Cover = schema.CoverOut;
export type Release = schema.ReleaseOut;
export type ReleaseKind = schema.ReleaseKind;
/** `waveform` is 200 peaks, 0–255. */
export type Track = schema.TrackOut;
export type TrackChange = schema.TrackPatch;
export type ReleaseChange = schema.ReleasePatch;
export type NewRelease = schema.ReleaseIn;
/** One play of a track; its id is the play's. */
export type HeardEntry = schema.HeardOut;
export type Preferences = schema.PreferencesOut;
export type PreferencesChange = schema.PreferencesPatch;
export type Place = schema.PlaceOut;
/** Ten seconds of a track to judge it by. */
export type Clip = schema.ClipOut;
export type Judged = schema.JudgedOut;
export type Step = schema.StepOut;
export type StepStatus = schema.StepStatus;

/** Somebody, as whoever runs the scene sees them; `email` for admins only. */
export type Person = schema.PersonOut;
export type PersonDetail = schema.PersonDetailOut;
/** What was reported of a person or of a profile they run. */
export type PersonsCase = schema.PersonsCaseOut;
export type PersonsSession = schema.PersonsSessionOut;
export type SceneRole = NonNullable<schema.SceneRoleIn["role"]>;
export type Among = schema.Among;
export type AuditRecord = schema.AuditRecordOut;
export type ChainCheck = schema.ChainOut;
export type Queue = schema.QueueOut;
export type HeldJob = schema.HeldJobOut;
export type Storage = schema.StorageOut;

export type Legal = schema.LegalOut;

/** Signed addresses; they stop working at `expires_at`. */
export type Stream = schema.StreamOut;

/** A list is answered in pages; `next` is the token of the one after, for `?after=`. */
export interface Page<T> {
  items: T[];
  next: string | null;
}

/** RFC 9457; `errors` names fields of a form. */
export type Problem = schema.Problem & { errors?: { field: string; detail: string }[] };
