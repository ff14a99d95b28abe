import { Tabs as Radix } from "radix-ui";
import type { ReactNode } from "react";
import styles from "./Tabs.module.css";

export interface Tab {
  id: string;
  label: string;
  /** How many things are behind it, said beside the name. */
  count?: number | undefined;
  content: ReactNode;
}

interface TabsProps {
  label: string;
  tabs: readonly Tab[];
  /** Given together, the owner keeps the choice, for example in the address. */
  value?: string;
  onChange?: (id: string) => void;
}

/** Parts of one page, one at a time: arrows move along the names. Only for pages whose code comes later. */
export function Tabs({ label, tabs, value, onChange }: TabsProps) {
  const kept = value === undefined ? { defaultValue: tabs[0]?.id ?? "" } : { value };
  return (
    <Radix.Root {...kept} {...(onChange ? { onValueChange: onChange } : {})} className={styles.tabs}>
      <Radix.List className={styles.names} aria-label={label}>
        {tabs.map((tab) => (
          <Radix.Trigger key={tab.id} ref={tab.id === value ? bringIntoSight : undefined} value={tab.id} className={styles.name}>
            {tab.label}
            {tab.count !== undefined && <span className={styles.count}>{tab.count}</span>}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab) => (
        <Radix.Content key={tab.id} value={tab.id} className={styles.content}>
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}

/** On a phone the names may be more than the screen is wide: the chosen one is never out of sight. */
function bringIntoSight(name: HTMLElement | null): void {
  const list = name?.parentElement;
  if (list) list.scrollLeft = name!.offsetLeft - (list.clientWidth - name!.offsetWidth) / 2;
}
