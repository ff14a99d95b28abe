import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { Suspense, useEffect, useRef, type ReactNode } from "react";
import { wordsOf } from "../../api/client";
import { genresQuery, preferencesQuery } from "../../api/queries";
import { changePreferences, chooseGenres } from "../../api/taste";
import type { Preferences } from "../../api/types";
import { t } from "../../lib/messages";
import { WEEKDAYS } from "../../lib/time";
import { Chips } from "../../ui/Chips";
import { Choice } from "../../ui/Choice";
import { Heading } from "../../ui/Heading";
import { SkeletonRows, Waiting } from "../../ui/Skeleton";
import { Button } from "../../ui/controls";
import { say } from "../../ui/said";
import { ArtistFinder } from "./ArtistFinder";
import { Clips } from "./Clips";
import { PlaceField } from "./PlaceField";
import { after, before, STEPS, type Step } from "./steps";
import styles from "./WelcomePage.module.css";
import "./words";

const route = getRouteApi("/welcome");

/** What a newcomer may say, or not: each answer is kept as it is given, and each step can be left out. */
export function WelcomePage() {
  const { step = "going" } = route.useSearch();
  const { data: chosen } = useQuery(preferencesQuery);
  useHeadingAt(step);
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <p className="muted small">{t("welcome.step", { number: STEPS.indexOf(step) + 1, count: STEPS.length })}</p>
        <Heading title={t(`welcome.${step}`)} />
        <p className="lead">{t(`welcome.${step}Lead`)}</p>
      </header>
      <Suspense
        fallback={
          <Waiting>
            <SkeletonRows count={3} />
          </Waiting>
        }
      >
        {chosen && <Answers step={step} chosen={chosen} />}
      </Suspense>
      <Ways step={step} />
    </div>
  );
}

function Answers({ step, chosen }: { step: Step; chosen: Preferences }) {
  const answers: Record<Step, () => ReactNode> = {
    going: () => <Going chosen={chosen} />,
    place: () => <PlaceField place={chosen.place} />,
    genres: () => <Genres chosen={chosen} />,
    listen: () => (
      <>
        <Clips />
        <ArtistFinder />
      </>
    ),
  };
  return answers[step]();
}

function Going({ chosen }: { chosen: Preferences }) {
  const reaches = ["walk", "city", "region", "none"] as const;
  return (
    <>
      <Choice
        label={t("welcome.reach")}
        options={reaches.map((value) => ({ value, label: t(`welcome.reach.${value}`) }))}
        value={chosen.reach ?? "none"}
        onChange={(value) => tell(changePreferences({ reach: value === "none" ? null : value }))}
      />
      <Chips
        label={t("welcome.nights")}
        options={WEEKDAYS.map((name, day) => ({ value: day + 1, label: name }))}
        chosen={chosen.nights}
        onChange={(nights) => tell(changePreferences({ nights }))}
      />
    </>
  );
}

function Genres({ chosen }: { chosen: Preferences }) {
  const { data } = useSuspenseQuery(genresQuery);
  return (
    <Chips
      label={t("welcome.genresField")}
      options={data.items.map(({ slug, name }) => ({ value: slug, label: name }))}
      chosen={chosen.genres}
      onChange={(genres) => tell(chooseGenres(genres))}
    />
  );
}

/** On, back, past this one, and past all of it. */
function Ways({ step }: { step: Step }) {
  const router = useRouter();
  const navigate = route.useNavigate();
  const [next, previous] = [after(step), before(step)];
  const go = (to: Step) => void navigate({ search: { step: to } });
  async function end(words: string) {
    try {
      await changePreferences({ welcomed: true });
      say(words);
      await router.navigate({ to: "/" });
    } catch (error) {
      say(wordsOf(error));
    }
  }
  return (
    <footer className={styles.ways} data-leads-on="">
      {next ? (
        <Button look="hot" onClick={() => go(next)}>
          {t("welcome.next")}
        </Button>
      ) : (
        <Button look="hot" onClick={() => void end(t("welcome.done"))}>
          {t("welcome.finish")}
        </Button>
      )}
      {previous && (
        <Button look="quiet" onClick={() => go(previous)}>
          {t("welcome.back")}
        </Button>
      )}
      {next && (
        <>
          <Button look="quiet" onClick={() => go(next)}>
            {t("welcome.skip")}
          </Button>
          <Button look="quiet" onClick={() => void end(t("welcome.skipped"))}>
            {t("welcome.skipAll")}
          </Button>
        </>
      )}
    </footer>
  );
}

/** A step is a page of its own to whoever reads it, though the address stays. */
function useHeadingAt(step: Step): void {
  const last = useRef(step);
  useEffect(() => {
    if (last.current === step) return;
    last.current = step;
    document.querySelector<HTMLElement>("main h1")?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, [step]);
}

const tell = (sent: Promise<void>) => void sent.catch((error: unknown) => say(wordsOf(error)));
