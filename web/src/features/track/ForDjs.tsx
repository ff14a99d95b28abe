import { ChevronRight } from "lucide-react";
import type { Track } from "../../api/types";
import { t } from "../../lib/messages";
import { clockTime, fileSize } from "../../lib/time";
import styles from "./TrackPage.module.css";
import "./words";

/** The measures, for whoever mixes: out of everybody else's way. */
export function ForDjs({ track }: { track: Track }) {
  const { source, loudness, duration_ms: length } = track;
  if (!source && !loudness) return null;
  return (
    <details className={styles.djs}>
      <summary>
        <ChevronRight size={20} strokeWidth={1.75} aria-hidden />
        {t("track.forDjs")}
      </summary>
      <dl className={styles.facts}>
        {length !== null && <Fact name={t("track.length")} value={clockTime(length / 1000)} />}
        <Measure name={t("track.loudness")} value={loudness?.integrated_lufs} of={(lufs) => t("track.loudnessValue", { lufs })} />
        <Measure name={t("track.range")} value={loudness?.range_lu} of={(lu) => t("track.rangeValue", { lu })} />
        <Measure name={t("track.peak")} value={loudness?.true_peak_dbtp} of={(db) => t("track.peakValue", { db })} />
        {source && <Fact name={t("track.source")} value={sourceInWords(source)} />}
        {source && <Fact name={t("track.size")} value={fileSize(source.bytes)} />}
      </dl>
    </details>
  );
}

function sourceInWords(source: NonNullable<Track["source"]>): string {
  const named = [null, t("track.mono"), t("track.stereo")][source.channels];
  return t("track.sourceValue", {
    codec: source.codec.toUpperCase(),
    rate: source.sample_rate / 1000,
    channels: named ?? t("track.channels", { count: source.channels }),
  });
}

/** Silence has no loudness. */
function Measure(props: { name: string; value: number | null | undefined; of: (value: string) => string }) {
  return typeof props.value === "number" ? <Fact name={props.name} value={props.of(props.value.toFixed(1))} /> : null;
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
