import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Share } from "lucide-react";
import { organiserQuery, venueQuery } from "../../api/profiles";
import type { Organiser, Venue } from "../../api/types";
import { SEPARATOR, t } from "../../lib/messages";
import actions from "../../ui/Actions.module.css";
import { ClaimNote } from "../../ui/ClaimNote";
import { buttonClass, IconButton } from "../../ui/controls";
import { Cover, tintOf } from "../../ui/Cover";
import { Heading } from "../../ui/Heading";
import { Masthead } from "../../ui/Masthead";
import { Places } from "../../ui/Places";
import { Section } from "../../ui/Section";
import { KeepButton } from "../../ui/keep/KeepButton";
import { AvoidedNote, SafetyMenu } from "../../ui/safety/SafetyMenu";
import { share } from "../../ui/share";
import styles from "./CardPage.module.css";
import "./words";

const venueRoute = getRouteApi("/venues/$slug");
const organiserRoute = getRouteApi("/organisers/$slug");

export function VenuePage() {
  const { slug } = venueRoute.useParams();
  const { data: venue } = useSuspenseQuery(venueQuery(slug));
  return <CardPage card={venue} kind="venue" line={t("profile.venue")} path={`/venues/${venue.slug}`} />;
}

export function OrganiserPage() {
  const { slug } = organiserRoute.useParams();
  const { data: organiser } = useSuspenseQuery(organiserQuery(slug));
  return <CardPage card={organiser} kind="organiser" line={t(`profile.${organiser.type}`)} path={`/organisers/${organiser.slug}`} />;
}

interface CardPageProps {
  card: Venue | Organiser;
  kind: "venue" | "organiser";
  /** What they are, in words. */
  line: string;
  path: string;
}

/** Who they are, large, and where to find them. Rooms, calendar and shows have their place here once there are any. */
function CardPage({ card, kind, line, path }: CardPageProps) {
  const { id, name, city, about } = card;
  const thing = { kind, id, name };
  return (
    <article className={styles.page}>
      <Masthead tint={tintOf(null, id)} shape="banner" cover={<Cover cover={null} seed={id} size="large" />}>
        <Heading title={name} />
        <p className={styles.line}>
          {line}
          {SEPARATOR}
          {city}
        </p>
        <div className={actions.actions}>
          <KeepButton thing={{ kind, item: card }} />
          <IconButton label={t("share.track", { title: name })} onClick={() => void share({ title: name, url: path })}>
            <Share size={20} strokeWidth={1.75} aria-hidden />
          </IconButton>
          <SafetyMenu thing={thing} own={card.can_edit} />
          {card.can_edit && !card.claimable && (
            <Link to="/studio" search={{ view: "artists" }} className={buttonClass()}>
              {t("profile.edit")}
            </Link>
          )}
        </div>
      </Masthead>
      <AvoidedNote thing={thing} />
      {card.claimable && <ClaimNote id={id} name={name} />}
      <Section title={t("profile.shows")}>
        <p className="muted">{t("profile.noShows")}</p>
      </Section>
      {about && (
        <Section title={t("profile.about")}>
          <p className={styles.about}>{about}</p>
        </Section>
      )}
      <Places website={card.website} links={card.links} />
    </article>
  );
}
