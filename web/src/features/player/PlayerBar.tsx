import { Link } from "@tanstack/react-router";
import { Keyboard, ListMusic } from "lucide-react";
import { useEffect } from "react";
import type { Track } from "../../api/types";
import { t } from "../../lib/messages";
import { useStore } from "../../lib/store";
import { Cover } from "../../ui/Cover";
import { Button, IconButton } from "../../ui/controls";
import { showOverlay } from "../commands/overlays";
import * as player from "./player";
import styles from "./PlayerBar.module.css";
import { PlayerSheet } from "./PlayerSheet";
import { QueuePanel } from "./QueuePanel";
import { SeekBar } from "./SeekBar";
import { panels, playerState, progress } from "./state";
import { Length, Position, Toggle, Transport, Volume } from "./Transport";
import { useCurrentTrack, useSheet } from "./usePlayer";

/** Stays through navigation: a mini player over the tabs on a phone, a bar along the bottom elsewhere. */
export function PlayerBar() {
  const current = useCurrentTrack();
  const track = current === "unknown" ? null : current;
  const isEmpty = useStore(playerState, (now) => now.queue.index < 0);
  const queue = useStore(panels, (now) => now.queue);
  const { isOpen: sheet, open, close } = useSheet();
  // The queue was cleared in the sheet: nothing is left that it could show.
  useEffect(() => {
    if (sheet && isEmpty) close();
    // oxlint-disable-next-line react/exhaustive-deps, react/exhaustive-effect-dependencies
  }, [sheet, isEmpty]);
  useRoomFor("with-player", current !== null);
  useRoomFor("with-pane", track !== null && queue && !sheet);
  return (
    <>
      {track && (
        <section className={styles.bar} aria-label={t("player.label")}>
          <Complaint />
          <ThinLine />
          <Now track={track} onOpen={open} />
          <div className={styles.wide}>
            <Transport />
          </div>
          <div className={styles.scrub}>
            <Position />
            <div className={styles.wave}>
              <SeekBar track={track} />
            </div>
            <Length track={track} />
          </div>
          <div className={styles.tools}>
            <Volume />
            <span className={styles.spacious}>
              <IconButton label={t("player.keys")} onClick={() => showOverlay("keys")}>
                <Keyboard size={20} strokeWidth={1.75} aria-hidden />
              </IconButton>
            </span>
            <IconButton
              label={queue ? t("player.queueClose") : t("player.queueOpen")}
              aria-expanded={queue}
              onClick={() => panels.set({ queue: !queue })}
            >
              <ListMusic size={20} strokeWidth={1.75} aria-hidden />
            </IconButton>
          </div>
          <div className={styles.narrow}>
            <Toggle />
          </div>
        </section>
      )}
      {current === "unknown" && (
        <section className={styles.bar} aria-label={t("player.label")}>
          <Complaint />
          <Transport />
        </section>
      )}
      {track && queue && !sheet && (
        <aside className={styles.pane} aria-label={t("player.queue")}>
          <QueuePanel />
        </aside>
      )}
      {track && sheet && <PlayerSheet track={track} onClose={close} />}
    </>
  );
}

function Now({ track, onOpen }: { track: Track; onOpen: () => void }) {
  return (
    <div className={styles.now}>
      <span className={styles.art}>
        <Cover cover={track.cover} seed={track.id} size="small" />
      </span>
      <span className={styles.names}>
        <Link to="/tracks/$id" params={{ id: track.id }} className={styles.title}>
          {track.title}
        </Link>
        <Link to="/artists/$slug" params={{ slug: track.artist.slug }} className={styles.artist}>
          {track.artist.name}
        </Link>
      </span>
      <button
        type="button"
        className={styles.opener}
        aria-label={t("player.open", { title: track.title })}
        onClick={onOpen}
      />
    </div>
  );
}

function Complaint() {
  const complaint = useStore(playerState, (now) => now.complaint);
  if (!complaint) return null;
  return (
    <div role="alert" className={styles.complaint}>
      {t(`player.${complaint}`)}
      {complaint === "failed" && (
        <Button size="small" look="quiet" onClick={player.play}>
          {t("player.retry")}
        </Button>
      )}
    </div>
  );
}

/** The phone's progress: a line, as the waveform waits in the sheet. */
function ThinLine() {
  const part = useStore(progress, (now) => (now.durationS ? now.positionS / now.durationS : 0));
  return (
    <span className={styles.line} aria-hidden="true">
      <span style={{ transform: `scaleX(${Math.min(part, 1)})` }} />
    </span>
  );
}

/** Content, notes and focus must not end up behind the bar or the pane. */
function useRoomFor(what: "with-player" | "with-pane", shown: boolean): void {
  useEffect(() => {
    document.documentElement.classList.toggle(what, shown);
  }, [what, shown]);
}
