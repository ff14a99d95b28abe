import { Link } from "@tanstack/react-router";
import { Check } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { useId, useRef, useState, type FocusEvent } from "react";
import type { MenuChoice, MenuEntry, MenuListProps } from "./Menu";
import styles from "./Menu.module.css";

/** An open menu. `modal` would add a style element, which the page's content policy forbids. */
export function MenuList({ label, title, entries, side, byKeyboard, onClose }: MenuListProps) {
  const [shown] = useState(entries);
  const [opensAt] = useState(side);
  const leftByPointer = useRef(false);
  /** The library looks for the key that opened it, and was not here yet when that was pressed. */
  function onFocus({ target, currentTarget: menu }: FocusEvent) {
    if (byKeyboard && target === menu) menu.querySelector<HTMLElement>("[role^=menuitem]")?.focus();
  }
  return (
    <DropdownMenu.Root open modal={false} onOpenChange={(open) => !open && onClose(!leftByPointer.current)}>
      {/* Lies over the real button, which stays as it is while the library comes. */}
      <DropdownMenu.Trigger asChild>
        <span className={styles.anchor} aria-hidden="true" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          onFocus={onFocus}
          className={styles.menu}
          aria-label={label}
          aria-labelledby={undefined}
          side={opensAt}
          align={opensAt === "right" ? "end" : "start"}
          sideOffset={6}
          collisionPadding={8}
          loop
          onPointerDownOutside={() => (leftByPointer.current = true)}
          onCloseAutoFocus={(event) => event.preventDefault()}
        >
          {title && <DropdownMenu.Label className={styles.title}>{title}</DropdownMenu.Label>}
          {shown.map((entry, place) =>
            entry === "line" ? (
              <DropdownMenu.Separator key={place} className={styles.line} />
            ) : "choice" in entry ? (
              <Choice key={place} {...entry} />
            ) : (
              <Item key={place} entry={entry} />
            ),
          )}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function Choice({ choice, value, options, onChoose }: MenuChoice) {
  const id = useId();
  return (
    <DropdownMenu.RadioGroup value={value} onValueChange={onChoose} aria-labelledby={id}>
      <DropdownMenu.Label id={id} className={styles.choice}>
        {choice}
      </DropdownMenu.Label>
      {options.map((option) => (
        <DropdownMenu.RadioItem key={option.value} value={option.value} className={styles.item} textValue={option.label}>
          <span className={styles.option}>
            <span>{option.label}</span>
            {option.note && <span className={styles.note}>{option.note}</span>}
          </span>
          <DropdownMenu.ItemIndicator className={styles.check}>
            <Check size={20} strokeWidth={1.75} aria-hidden />
          </DropdownMenu.ItemIndicator>
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}

function Item({ entry }: { entry: MenuEntry }) {
  const { label, icon: Icon, onSelect, link, checked, rests = false } = entry;
  const face = (
    <>
      <span className={styles.icon}>{Icon && <Icon size={20} strokeWidth={1.75} aria-hidden />}</span>
      <span>{label}</span>
    </>
  );
  const common = { className: styles.item, disabled: rests, textValue: label };
  if (checked !== undefined) {
    return (
      <DropdownMenu.CheckboxItem {...common} checked={checked} onSelect={() => onSelect?.()}>
        {face}
        <DropdownMenu.ItemIndicator className={styles.check}>
          <Check size={20} strokeWidth={1.75} aria-hidden />
        </DropdownMenu.ItemIndicator>
      </DropdownMenu.CheckboxItem>
    );
  }
  if (link) {
    return (
      <DropdownMenu.Item {...common} asChild>
        <Link {...(link as { to: "/" })}>{face}</Link>
      </DropdownMenu.Item>
    );
  }
  return (
    <DropdownMenu.Item {...common} onSelect={() => onSelect?.()}>
      {face}
    </DropdownMenu.Item>
  );
}
