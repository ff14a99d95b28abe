import { useEffect, useState, type ComponentType } from "react";
import { late, type Late } from "../../lib/late";
import { t } from "../../lib/messages";
import { useStore } from "../../lib/store";
import { say } from "../../ui/said";
import { overlays, showOverlay, type Overlay } from "../../lib/overlays";
import { useKeys } from "./useKeys";

type Part = ComponentType<{ onClose: () => void }>;

/** Their code comes when they are first asked for. */
const PARTS: Record<Overlay, Late<Part>> = {
  find: late(() => import("./Finder").then((part) => part.Finder)),
  keys: late(() => import("./KeyHelp").then((part) => part.KeyHelp)),
};

export const warmFinder = PARTS.find.warm;

/** Listens to the page's keys, and shows what was asked for over it. */
export function Overlays() {
  useKeys();
  const shown = useStore(overlays, (now) => now.shown);
  return shown && <Shown key={shown} part={PARTS[shown]} />;
}

function Shown({ part }: { part: Late<Part> }) {
  const [Part, setPart] = useState<Part | null>(null);
  useEffect(() => {
    let wanted = true;
    part.fetch().then(
      (arrived) => wanted && setPart(() => arrived),
      () => {
        say(t("error.network"));
        showOverlay(null);
      },
    );
    return () => {
      wanted = false;
    };
  }, [part]);
  return Part && <Part onClose={() => showOverlay(null)} />;
}
