import { useQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { Search } from "lucide-react";
import { useEffect, useId, useRef, useState, type KeyboardEvent } from "react";
import { meQuery } from "../../api/queries";
import { t, tn } from "../../lib/messages";
import { Cover } from "../../ui/Cover";
import { CloseButton } from "../../ui/Dialog";
import { closeModalAround, Modal } from "../../ui/Modal";
import styles from "./Finder.module.css";
import { namedQuery } from "./named";
import { actionsFor, pagesFor, type Place } from "./places";
import { rank, type Ranked } from "./rank";
import "./finderWords";

/** Go anywhere, do anything, by a few letters. A combobox over a list: the focus stays in the field. */
export function Finder({ onClose }: { onClose: () => void }) {
  return (
    <Modal className={styles.finder} label={t("find.title")} onClose={onClose}>
      <Find />
    </Modal>
  );
}

function Find() {
  const router = useRouter();
  const { data: me } = useQuery(meQuery);
  const named = useQuery(namedQuery);
  const [query, setQuery] = useState("");
  const [active, setActive] = useState(0);
  const id = useId();
  const groups = rank(query, [...pagesFor(me), ...actionsFor(me, router), ...(named.data ?? [])]);
  const shown = groups.flatMap(({ places }) => places);
  const at = Math.min(active, shown.length - 1);

  function go(place: Place | undefined, from: Element) {
    if (!place) return;
    closeModalAround(from);
    // Only then: closing gives the focus back, and the new page or another dialog takes it from there.
    if (place.path) router.history.push(place.path);
    else void place.act?.();
  }
  function onKeyDown(event: KeyboardEvent) {
    const to = moved(event.key, at, shown.length);
    if (event.key === "Enter") go(shown[at], event.currentTarget);
    else if (to === null) return;
    else setActive(to);
    event.preventDefault();
  }
  return (
    <>
      <div className={styles.field}>
        <Search size={24} strokeWidth={1.75} aria-hidden />
        <input
          type="text"
          role="combobox"
          aria-label={t("find.field")}
          aria-expanded="true"
          aria-autocomplete="list"
          aria-controls={`${id}-list`}
          aria-activedescendant={shown[at] ? `${id}-${at}` : undefined}
          placeholder={t("find.placeholder")}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          enterKeyHint="go"
          value={query}
          onKeyDown={onKeyDown}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            setActive(0);
          }}
        />
        <CloseButton />
      </div>
      <Results {...{ id, groups, at, go, setActive }} />
      {!shown.length && (
        <div className={styles.nothing}>
          <p>
            <strong>{t("find.nothing", { query: query.trim() })}</strong>
          </p>
          <p className="muted">{t("find.nothingNext")}</p>
        </div>
      )}
      <p className={styles.scope}>{t(named.isError ? "find.failed" : "find.scope")}</p>
      <p className="hidden" role="status">
        {query.trim() && tn("find.count", shown.length)}
      </p>
    </>
  );
}

interface ResultsProps {
  id: string;
  groups: readonly Ranked[];
  /** The place of the one that Enter would choose, counted through all groups. */
  at: number;
  go: (place: Place, from: Element) => void;
  setActive: (place: number) => void;
}

function Results({ id, groups, at, go, setActive }: ResultsProps) {
  return (
    <div id={`${id}-list`} role="listbox" aria-label={t("find.results")} className={styles.list}>
      {groups.map(({ group, places, before }) => (
          <div key={group} role="group" aria-labelledby={`${id}-${group}`} className={styles.group}>
            <div id={`${id}-${group}`} role="presentation" className={styles.name}>
              {t(`find.${group}`)}
            </div>
            {places.map((place, offset) => (
              <Option
                key={place.id}
                id={`${id}-${before + offset}`}
                place={place}
                selected={before + offset === at}
                onPoint={() => setActive(before + offset)}
                onChoose={(from) => go(place, from)}
              />
            ))}
          </div>
      ))}
    </div>
  );
}

interface OptionProps {
  id: string;
  place: Place;
  selected: boolean;
  onPoint: () => void;
  onChoose: (from: Element) => void;
}

function Option({ id, place, selected, onPoint, onChoose }: OptionProps) {
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (selected) row.current?.scrollIntoView({ block: "nearest" });
  }, [selected]);
  const Icon = place.icon;
  return (
    // The keys are the field's: an option of a combobox never has the focus itself.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      ref={row}
      id={id}
      role="option"
      aria-selected={selected}
      className={styles.option}
      onPointerMove={onPoint}
      onClick={(event) => onChoose(event.currentTarget)}
    >
      <span className={styles.art}>
        {place.art && <Cover {...place.art} size="small" />}
        {Icon && <Icon size={20} strokeWidth={1.75} aria-hidden />}
      </span>
      <span className={styles.words}>{place.name}</span>
      {place.note && <span className={styles.note}>{place.note}</span>}
    </div>
  );
}

/** Where a key moves the choice to, or null for a key that doesn't. */
function moved(key: string, at: number, count: number): number | null {
  if (!count) return null;
  if (key === "ArrowDown") return (at + 1) % count;
  if (key === "ArrowUp") return (at - 1 + count) % count;
  if (key === "PageDown") return Math.min(at + 8, count - 1);
  if (key === "PageUp") return Math.max(at - 8, 0);
  return null;
}

