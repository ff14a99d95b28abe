/** What the API answers (`/api/v1`), as the server's OpenAPI has it. Lengths in ms, instants ISO 8601 in UTC. */

export interface Page<T> {
  items: T[];
  next: string | null;
}

export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  field?: string;
  errors?: { field: string; detail: string }[];
  retry_after_s?: number;
}

export interface Account {
  id: string;
  email: string;
  display_name: string;
  created_at: string;
}

export interface Profile {
  id: string;
  kind: string;
  slug: string;
  name: string;
  role: string;
}

export interface Me extends Account {
  profiles: Profile[];
}

export interface Genre {
  slug: string;
  name: string;
}

export interface ArtistRef {
  id: string;
  slug: string;
  name: string;
}

export interface Artist extends ArtistRef {
  city: string;
  bio: string;
  genres: Genre[];
  created_at: string;
  can_edit: boolean;
}

/** URLs of a cover's three sizes (96, 320, 800 px) and its leading colour, `#rrggbb`. */
export interface Cover {
  small: string;
  medium: string;
  large: string;
  colour: string;
}

export type Publication = "draft" | "scheduled" | "unlisted" | "published";
export type MediaStatus = "processing" | "playable" | "failed";
export type ReleaseKind = "album" | "ep" | "single";

export interface Loudness {
  integrated_lufs: number | null;
  range_lu: number | null;
  true_peak_dbtp: number | null;
}

export interface Source {
  codec: string;
  container: string;
  sample_rate: number;
  channels: number;
  bytes: number;
}

/** Signed addresses; they stop working at `expires_at`. */
export interface Stream {
  hls: string | null;
  url: string;
  expires_at: string;
}

export interface Track {
  id: string;
  title: string;
  artist: ArtistRef;
  release: { id: string; title: string } | null;
  position: number | null;
  genres: Genre[];
  publication: Publication;
  published_at: string | null;
  created_at: string;
  media_status: MediaStatus;
  steps_done: string[];
  failure: { code: string; message: string } | null;
  duration_ms: number | null;
  loudness: Loudness | null;
  /** 200 peaks, 0–255. */
  waveform: number[] | null;
  cover: Cover | null;
  source: Source | null;
  stream: Stream | null;
  can_edit: boolean;
}

export interface Release {
  id: string;
  title: string;
  kind: ReleaseKind;
  released_on: string | null;
  publication: Publication;
  artist: ArtistRef;
  cover: Cover | null;
  published_at: string | null;
  track_count: number;
  can_edit: boolean;
}

export type StepStatus = "waiting" | "running" | "done" | "failed";

export interface Step {
  name: string;
  status: StepStatus;
  error: string | null;
  attempts: number;
  finished_at: string | null;
}
