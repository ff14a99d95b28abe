import type { LinkProps } from "@tanstack/react-router";
import { Ellipsis, type LucideIcon } from "lucide-react";
import { useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { late } from "../lib/late";
import { t } from "../lib/messages";
import { iconButtonClass } from "./controls";
import styles from "./Menu.module.css";
import { say } from "./said";

export interface MenuEntry {
  label: string;
  icon?: LucideIcon;
  /** Either does something, */
  onSelect?: () => void;
  /** or is a link, which can then be opened in another tab like any other. */
  link?: Pick<LinkProps, "to" | "params" | "search">;
  /** A choice that is on or off. */
  checked?: boolean;
  /** Can't be chosen now. */
  rests?: boolean;
}

/** One of several, each of which rules out the others. */
export interface MenuChoice {
  /** Stands above them. */
  choice: string;
  value: string;
  options: readonly { value: string; label: string; note?: string }[];
  onChoose: (value: string) => void;
}

export type MenuItems = readonly (MenuEntry | MenuChoice | "line")[];
export type MenuSide = "bottom" | "top" | "right";

interface MenuProps {
  /** The name of the button and of its menu. */
  label: string;
  /** Stands above the entries. */
  title?: string;
  /** Asked when the menu opens; a `line` parts groups. */
  entries: () => MenuItems;
  /** What the button shows; three dots without it. */
  children?: ReactNode;
  className?: string | undefined;
  /** Where the menu opens, seen from its button; asked when it does. */
  side?: () => MenuSide;
}

const below = () => "bottom" as const;

/** The menu itself is a library's, and comes when a pointer or the focus first reaches any menu's button. */
const list = late(() => import("./MenuList").then((part) => part.MenuList));

/** A button with a menu: arrows, Home, End and first letters move in it, Escape closes it and gives the focus back. */
export function Menu({ label, title, entries, children, className = iconButtonClass, side = below }: MenuProps) {
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState<false | "pointer" | "keyboard">(false);
  const [List, setList] = useState<React.ComponentType<MenuListProps> | null>(null);

  function show(by: "pointer" | "keyboard") {
    setOpen(by);
    list.fetch().then(
      (part) => setList(() => part),
      () => {
        setOpen(false);
        say(t("error.network"));
      },
    );
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    show("keyboard");
  }
  return (
    <span className={styles.place}>
      <button
        ref={button}
        type="button"
        className={className}
        title={children ? undefined : label}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={open !== false}
        onPointerEnter={list.warm}
        onFocus={list.warm}
        onKeyDown={onKeyDown}
        // A press of Enter or Space is a click without a count.
        onClick={(event) => (open ? setOpen(false) : show(event.detail === 0 ? "keyboard" : "pointer"))}
      >
        {children ?? <Ellipsis size={20} strokeWidth={1.75} aria-hidden />}
      </button>
      {open && List && <List {...{ label, title, entries, side, onClose }} byKeyboard={open === "keyboard"} />}
    </span>
  );

  function onClose(giveFocusBack: boolean) {
    setOpen(false);
    if (giveFocusBack) button.current?.focus();
  }
}

export interface MenuListProps extends Pick<MenuProps, "label" | "entries"> {
  title: string | undefined;
  side: () => MenuSide;
  byKeyboard: boolean;
  onClose: (giveFocusBack: boolean) => void;
}
