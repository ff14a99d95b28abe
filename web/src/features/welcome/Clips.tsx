import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { wordsOf } from "../../api/client";
import { clipsQuery, judge } from "../../api/taste";
import type { Clip } from "../../api/types";
import { SEPARATOR, t, tn } from "../../lib/messages";
import { Cover, coverOf } from "../../ui/Cover";
import { ErrorNote } from "../../ui/ErrorNote";
import { SkeletonRows, Waiting } from "../../ui/Skeleton";
import { Button, PlayButton } from "../../ui/controls";
import { say } from "../../ui/said";
import { endClips, playClip } from "../player/clips";
import * as player from "../player/player";
import { isSounding, useStatusOf } from "../player/usePlayer";
import styles from "./WelcomePage.module.css";
import "./words";

/** Ten seconds each, to keep or pass; the next one plays by itself once a first one was asked for. */
export function Clips() {
  const { data: clips, isPending, error, refetch, isFetching } = useQuery(clipsQuery);
  const [at, setAt] = useState(0);
  const [kept, setKept] = useState<readonly string[]>([]);
  const [isHearing, setHearing] = useState(false);
  useEffect(() => endClips, []);
  if (isPending) {
    return (
      <Waiting>
        <SkeletonRows count={2} />
      </Waiting>
    );
  }
  if (error) {
    return (
      <ErrorNote title={t("welcome.clipsFailed")} onRetry={() => void refetch()} busy={isFetching}>
        {wordsOf(error)}
      </ErrorNote>
    );
  }
  if (!clips.length) return <p>{t("welcome.clipsNone")}</p>;
  const clip = clips[at];
  function decide({ track: { id } }: Clip, keeps: boolean) {
    setKept((now) => [...now.filter((one) => one !== id), ...(keeps ? [id] : [])]);
    setAt(at + 1);
    const next = clips?.[at + 1];
    if (isHearing) {
      if (next) hear(next);
      else player.pause();
    }
    void judge(id, keeps).catch((reason: unknown) => say(wordsOf(reason)));
  }
  return (
    <section className={styles.part} aria-label={t("welcome.listen")}>
      <p className="hidden" role="status">
        {clip ? clipWords(clip, at, clips.length) : keptWords(kept.length)}
      </p>
      {clip ? (
        <>
          <div className={styles.clip}>
            <span className={styles.cover}>
              <Cover {...coverOf(clip.track)} size="medium" />
            </span>
            <ClipPlay
              clip={clip}
              onPlay={() => {
                setHearing(true);
                hear(clip);
              }}
            />
            <div className={styles.names}>
              <h2>{clip.track.title}</h2>
              <p>{[clip.track.artist.name, ...clip.track.genres.map((genre) => genre.name)].join(SEPARATOR)}</p>
              <p className="muted small">{`${at + 1} / ${clips.length}`}</p>
            </div>
          </div>
          <div className={styles.ways}>
            <Button onClick={() => decide(clip, true)}>{t("welcome.keep")}</Button>
            <Button onClick={() => decide(clip, false)}>{t("welcome.pass")}</Button>
            {at > 0 && <Before onGo={() => setAt(at - 1)} />}
          </div>
        </>
      ) : (
        <div className={styles.ways}>
          <p>{keptWords(kept.length)}</p>
          <Before onGo={() => setAt(at - 1)} />
        </div>
      )}
    </section>
  );
}

function Before({ onGo }: { onGo: () => void }) {
  return (
    <Button look="quiet" onClick={onGo}>
      {t("welcome.clipBack")}
    </Button>
  );
}

function ClipPlay({ clip, onPlay }: { clip: Clip; onPlay: () => void }) {
  const sounding = isSounding(useStatusOf(clip.track.id));
  const { title } = clip.track;
  return (
    <PlayButton
      large
      playing={sounding}
      label={t(sounding ? "welcome.clipStop" : "welcome.clipPlay", { title })}
      onClick={() => (sounding ? player.pause() : onPlay())}
    />
  );
}

const hear = ({ track, start_ms, length_ms }: Clip) => playClip(track.id, start_ms / 1000, length_ms / 1000);

const clipWords = ({ track }: Clip, at: number, count: number): string =>
  t("welcome.clip", { number: at + 1, count, title: track.title, artist: track.artist.name });

const keptWords = (count: number): string => (count ? tn("welcome.kept", count) : t("welcome.keptNone"));
