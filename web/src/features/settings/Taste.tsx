import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { wordsOf } from "../../api/client";
import { genresQuery, preferencesQuery } from "../../api/queries";
import { changePreferences, forgetJudged, forgetTaste, judgedQuery } from "../../api/taste";
import { SEPARATOR, t } from "../../lib/messages";
import { dayInWords, WEEKDAYS } from "../../lib/time";
import { Button, buttonClass } from "../../ui/controls";
import { More } from "../../ui/More";
import { say } from "../../ui/said";
import { Switch } from "../../ui/Switch";
import styles from "./SettingsPage.module.css";
import "./words";

/** What somebody said about themselves: to look at, change and take back. */
export function Taste() {
  const { data: chosen } = useQuery(preferencesQuery);
  const { data: genres } = useQuery({ ...genresQuery, enabled: Boolean(chosen?.genres.length) });
  const [sure, setSure] = useState(false);
  if (!chosen) return null;
  const facts = [
    chosen.place?.name,
    chosen.reach_km && t("settings.reach", { km: chosen.reach_km }),
    chosen.nights.map((night) => WEEKDAYS[night - 1]).join(", "),
    genres?.items.flatMap(({ slug, name }) => (chosen.genres.includes(slug) ? [name] : [])).join(", "),
  ].filter(Boolean);
  async function forget() {
    setSure(false);
    try {
      await forgetTaste();
      say(t("settings.tasteForgotten"));
    } catch (error) {
      say(wordsOf(error));
    }
  }
  return (
    <>
      <p>{facts.length ? facts.join(SEPARATOR) : t("settings.tasteNone")}</p>
      <div className={styles.row}>
        <Link to="/welcome" className={buttonClass()}>
          {t("settings.tasteChange")}
        </Link>
        {sure ? (
          <>
            <Button onClick={() => void forget()}>{t("settings.tasteForgetYes")}</Button>
            <Button look="quiet" onClick={() => setSure(false)}>
              {t("settings.tasteForgetNo")}
            </Button>
          </>
        ) : (
          <Button look="quiet" onClick={() => setSure(true)}>
            {t("settings.tasteForget")}
          </Button>
        )}
      </div>
      <JudgedTracks />
    </>
  );
}

/** Clips that were kept or passed. */
function JudgedTracks() {
  const judged = useInfiniteQuery(judgedQuery);
  const tracks = judged.data?.pages.flatMap((page) => page.items) ?? [];
  if (!tracks.length) return null;
  return (
    <div>
      <ul className={styles.sessions} aria-label={t("settings.judged")}>
        {tracks.map(({ track, kept }) => (
          <li key={track.id} className={styles.session}>
            <span className={styles.device}>
              <strong>{track.title}</strong>
              <span className="muted small">
                {[track.artist.name, t(kept ? "settings.judgedKept" : "settings.judgedPassed")].join(SEPARATOR)}
              </span>
            </span>
            <Button
              size="small"
              look="quiet"
              aria-label={t("settings.judgedForgetLabel", { title: track.title })}
              onClick={() => void forgetJudged(track.id).catch((error: unknown) => say(wordsOf(error)))}
            >
              {t("settings.judgedForget")}
            </Button>
          </li>
        ))}
      </ul>
      <More {...judged} />
    </div>
  );
}

/** What of a person is kept, and what others see. */
export function Privacy() {
  const { data: chosen } = useQuery(preferencesQuery);
  if (!chosen) return null;
  const change = (what: Parameters<typeof changePreferences>[0]) =>
    void changePreferences(what).catch((error: unknown) => say(wordsOf(error)));
  return (
    <>
      <Switch
        label={t("settings.history")}
        hint={t("settings.historyHint")}
        checked={!chosen.history_paused}
        onChange={(on) => change({ history_paused: !on })}
      />
      <Switch
        label={t("settings.followable")}
        hint={
          chosen.adult_from
            ? t("settings.minor", { date: dayInWords(chosen.adult_from) })
            : t("settings.followableHint")
        }
        checked={chosen.followable}
        rests={chosen.adult_from !== null}
        onChange={(followable) => change({ followable })}
      />
    </>
  );
}
