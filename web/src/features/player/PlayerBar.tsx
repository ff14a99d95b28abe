import { Link } from "@tanstack/react-router";
import { Keyboard, ListMusic, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { Track } from "../../api/types";
import { late } from "../../lib/late";
import { t } from "../../lib/messages";
import { useStore } from "../../lib/store";
import { Cover, coverOf } from "../../ui/Cover";
import { IconButton } from "../../ui/controls";
import { say } from "../../ui/said";
import { showOverlay } from "../../lib/overlays";
import { Notices } from "./Notices";
import * as player from "./player";
import styles from "./PlayerBar.module.css";
import { SeekBar } from "./SeekBar";
import { ShareButton, Moment } from "./ShareButton";
import { panels, playerState, progress } from "./state";
import { Length, Toggle, Transport, Volume } from "./Transport";
import { useCurrentTrack, useSheet } from "./usePlayer";
import { useWide } from "./useWide";

/** Stays through navigation: a mini player over the tabs on a phone, a bar along the bottom elsewhere. */
export function PlayerBar() {
  const current = useCurrentTrack();
  const track = current === "unknown" ? null : current;
  const isEmpty = useStore(playerState, (now) => now.queue.index < 0);
  const { queue, sheetAsked } = useStore(panels, (now) => now);
  const { isOpen: sheet, open, close } = useSheet();
  const wide = useWide();
  const pane = queue && wide;
  // The queue was cleared in the sheet, or the window is wide now: nothing is left that it could show.
  useEffect(() => {
    if (sheet && (isEmpty || wide)) close();
    // oxlint-disable-next-line react/exhaustive-deps, react/exhaustive-effect-dependencies
  }, [sheet, isEmpty, wide]);
  const asked = useRef(sheetAsked);
  useEffect(() => {
    if (asked.current !== sheetAsked && !sheet && !isEmpty) open();
    asked.current = sheetAsked;
    // oxlint-disable-next-line react/exhaustive-deps, react/exhaustive-effect-dependencies
  }, [sheetAsked]);
  useRoomFor("with-player", current !== null);
  useRoomFor("with-pane", pane);
  const parts = useParts(pane || sheet, track !== null);
  return (
    <>
      {track && (
        <section className={styles.bar} aria-label={t("player.label")}>
          <div className={styles.over}>
            <Notices />
          </div>
          <ThinLine />
          <Now track={track} onOpen={open} />
          <div className={styles.wide}>
            <Transport />
          </div>
          <div className={styles.scrub}>
            <Moment track={track} />
            <div className={styles.wave}>
              <SeekBar track={track} />
            </div>
            <Length track={track} />
          </div>
          <div className={styles.tools}>
            <span className={styles.spacious}>
              <ShareButton track={track} />
            </span>
            <Volume />
            <span className={styles.spacious}>
              <IconButton label={t("player.keys")} onClick={() => showOverlay("keys")}>
                <Keyboard size={20} strokeWidth={1.75} aria-hidden />
              </IconButton>
            </span>
            <IconButton
              label={pane ? t("player.queueClose") : t("player.queueOpen")}
              aria-expanded={pane}
              onClick={player.showQueue}
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
          <div className={styles.over}>
            <Notices />
          </div>
          <Transport />
        </section>
      )}
      {pane && (
        <aside className={styles.pane} aria-label={t("player.queue")}>
          {parts && (
            <parts.QueuePanel>
              <IconButton label={t("dialog.close")} onClick={player.showQueue}>
                <X size={20} strokeWidth={1.75} aria-hidden />
              </IconButton>
            </parts.QueuePanel>
          )}
        </aside>
      )}
      {track && sheet && parts && <parts.PlayerSheet track={track} onClose={close} />}
    </>
  );
}

function Now({ track, onOpen }: { track: Track; onOpen: () => void }) {
  return (
    <div className={styles.now}>
      <span className={styles.art}>
        <Cover {...coverOf(track)} size="small" />
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

/** The sheet and the queue: their code comes once there is a player; at the latest when one of them is asked for. */
const lateParts = late(() => import("./parts"));

function useParts(asked: boolean, hasPlayer: boolean) {
  const [parts, setParts] = useState(() => lateParts.ready());
  const isNeeded = asked || hasPlayer;
  useEffect(() => {
    if (isNeeded && !parts) lateParts.fetch().then(setParts, () => asked && say(t("error.network")));
  }, [isNeeded, asked, parts]);
  return parts;
}
