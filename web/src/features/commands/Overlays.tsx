import { useEffect, useState, type ComponentType } from "react";
import { late, type Late } from "../../lib/late";
import { t } from "../../lib/messages";
import { useStore } from "../../lib/store";
import { say } from "../../ui/said";
import { overlays, showOverlay, type Overlay } from "../../lib/overlays";
import { reporting, reportThing } from "../../lib/reporting";
import { useKeys } from "./useKeys";

type Part = ComponentType<{ onClose: () => void }>;

/** Their code comes when they are first asked for. */
const PARTS: Record<Overlay, Late<Part>> = {
  find: late(() => import("./Finder").then((part) => part.Finder)),
  keys: late(() => import("./KeyHelp").then((part) => part.KeyHelp)),
};

/** Telling the moderators of something: asked for from menus all over the page. */
const REPORT: Late<Part> = late(() => import("../../ui/safety/ReportDialog").then((part) => part.ReportDialog));

export const warmFinder = PARTS.find.warm;

/** Listens to the page's keys, and shows what was asked for over it. */
export function Overlays() {
  useKeys();
  const shown = useStore(overlays, (now) => now.shown);
  const reported = useStore(reporting, (now) => now.subject);
  return (
    <>
      {shown && <Shown key={shown} part={PARTS[shown]} onClose={() => showOverlay(null)} />}
      {reported && <Shown key={reported.id} part={REPORT} onClose={() => reportThing(null)} />}
    </>
  );
}

function Shown({ part, onClose }: { part: Late<Part>; onClose: () => void }) {
  const [Part, setPart] = useState<Part | null>(null);
  useEffect(() => {
    let wanted = true;
    part.fetch().then(
      (arrived) => wanted && setPart(() => arrived),
      () => {
        say(t("error.network"));
        onClose();
      },
    );
    return () => {
      wanted = false;
    };
    // Whoever closes is the same for as long as it is shown.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [part]);
  return Part && <Part onClose={onClose} />;
}
