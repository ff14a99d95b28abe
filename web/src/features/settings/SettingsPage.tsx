import "../../ui/safety/words";
import "./words";
import { useQuery } from "@tanstack/react-query";
import { Monitor, Moon, Sun } from "lucide-react";
import type { ReactNode } from "react";
import { meQuery } from "../../api/queries";
import { t } from "../../lib/messages";
import { useStore } from "../../lib/store";
import { chooseTheme, themeChoice, THEMES } from "../../lib/theme";
import { Button } from "../../ui/controls";
import { Choice } from "../../ui/Choice";
import { Heading } from "../../ui/Heading";
import { LegalLinks } from "../../ui/legal/LegalLinks";
import { Switch } from "../../ui/Switch";
import { Avoided } from "../../ui/safety/Avoided";
import { Decisions, YourReports } from "../../ui/safety/Reports";
import { Volume } from "../player/Transport";
import { showOverlay } from "../../lib/overlays";
import { setSingleKeys, singleKeys } from "../../lib/singleKeys";
import { Email } from "./Email";
import { Guest } from "./Guest";
import { Keys as ProgramKeys } from "./Keys";
import { Name } from "./Name";
import { Password } from "./Password";
import { Sessions } from "./Sessions";
import { LeaveForGood, TakeAlong } from "./YourData";
import { Privacy, Taste } from "./Taste";
import styles from "./SettingsPage.module.css";

const ICONS = { system: Monitor, light: Sun, dark: Moon };

export function SettingsPage() {
  const { data: me } = useQuery(meQuery);
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <Heading title={t("settings.title")} />
        <p className="lead">{t("settings.lead")}</p>
      </header>
      {me ? (
        <>
          <Section title={t("settings.name")}>
            <Name key={me.display_name} me={me} />
          </Section>
          <Section title={t("account.email")}>
            <Email me={me} />
          </Section>
          <Section title={t("settings.password")}>
            <Password me={me} />
          </Section>
          <Section title={t("settings.taste")}>
            <Taste />
          </Section>
          <Section title={t("settings.privacy")}>
            <Privacy />
          </Section>
          <Section title={t("settings.sessions")}>
            <Sessions />
          </Section>
          <Section title={t("settings.programs")}>
            <ProgramKeys />
          </Section>
          <Section title={t("settings.data")}>
            <TakeAlong />
            <LeaveForGood me={me} />
          </Section>
          <Section title={t("safety.avoided")}>
            <Avoided />
          </Section>
          <Section title={t("safety.yourReports")}>
            <YourReports />
          </Section>
          <Section title={t("safety.decisions")}>
            <Decisions />
          </Section>
        </>
      ) : (
        <Section title={t("settings.account")}>
          <Guest />
        </Section>
      )}
      <Section title={t("settings.look")}>
        <Look />
      </Section>
      <Section title={t("settings.playing")}>
        <Playing />
      </Section>
      <Section title={t("settings.keys")}>
        <Keys />
      </Section>
      <LegalLinks />
    </div>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.section}>
      <h2>{title}</h2>
      <div className={styles.inside}>{children}</div>
    </section>
  );
}

function Look() {
  const theme = useStore(themeChoice, (now) => now.theme);
  return (
    <div>
      <Choice
        label={t("settings.theme")}
        options={THEMES.map((value) => ({ value, label: t(`settings.theme.${value}`), icon: ICONS[value] }))}
        value={theme}
        onChange={chooseTheme}
      />
      <p className={styles.hint}>{t("settings.themeHint")}</p>
    </div>
  );
}

function Playing() {
  return (
    <div>
      <Volume />
      <p className={styles.hint}>{t("settings.volumeHint")}</p>
    </div>
  );
}

function Keys() {
  const on = useStore(singleKeys, (now) => now.on);
  return (
    <>
      <Switch
        label={t("settings.singleKeys")}
        hint={t("settings.singleKeysHint")}
        checked={on}
        onChange={setSingleKeys}
      />
      <Button size="small" onClick={() => showOverlay("keys")}>
        {t("settings.keyList")}
      </Button>
    </>
  );
}
