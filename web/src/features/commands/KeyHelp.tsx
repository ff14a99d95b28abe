import { t, type MessageKey } from "../../lib/messages";
import { Dialog } from "../../ui/Dialog";
import styles from "./KeyHelp.module.css";
import "./keyWords";

const held = /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘" : "Ctrl";

/** One entry a line: the keys that do it, and what they do. */
const GROUPS: readonly [MessageKey, readonly (readonly [readonly string[], MessageKey])[]][] = [
  [
    "keys.everywhere",
    [
      [["/", `${held} K`], "keys.find"],
      [["?"], "keys.help"],
      [[`${held} Z`], "keys.undo"],
      [["Esc"], "keys.escape"],
    ],
  ],
  [
    "keys.inLists",
    [
      [["j"], "keys.down"],
      [["k"], "keys.up"],
      [["Enter"], "keys.enter"],
    ],
  ],
  [
    "keys.playing",
    [
      [[t("keys.spaceName")], "keys.space"],
      [["n"], "keys.next"],
      [["p"], "keys.previous"],
      [["→"], "keys.right"],
      [["←"], "keys.left"],
      [["m"], "keys.mute"],
      [["q"], "keys.queue"],
    ],
  ],
];

export function KeyHelp({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={t("keys.title")} onClose={onClose}>
      {GROUPS.map(([title, lines]) => (
        <section key={title} className={styles.group}>
          <h3>{t(title)}</h3>
          <dl className={styles.keys}>
            {lines.map(([keys, words]) => (
              <div key={words}>
                <dt>
                  {keys.map((key, place) => (
                    <span key={key}>
                      {place > 0 && <span className={styles.or}> {t("keys.or")} </span>}
                      <kbd>{key}</kbd>
                    </span>
                  ))}
                </dt>
                <dd>{t(words)}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Dialog>
  );
}
