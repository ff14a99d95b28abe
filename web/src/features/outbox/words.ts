import { addWords } from "../../lib/messages";

/** The local outbox's part of the catalogue. */
const words = {
  "outbox.title": "Outbox",
  "outbox.lead": "No mail server is set, so mail stays on this machine, and only here it can be read.",
  "outbox.again": "Look again",
  "outbox.failed": "The mails could not be fetched.",
  "outbox.emptyTitle": "No mail yet",
  "outbox.empty": "What the scene would send is listed here, such as the link that confirms an address.",
  "outbox.to": "To {address}",
  "outbox.mail": "{subject}, to {address}",
  "outbox.state.waiting": "waits for the worker",
  "outbox.state.kept": "kept here",
  "outbox.state.sent": "sent",
  "outbox.state.returned": "came back",
  "outbox.state.withheld": "held: an earlier one came back",
  "outbox.state.expired": "too late to be of use",
  "outbox.forgotten": "Its text is forgotten.",
  "outbox.html": "See it as a mail program shows it",
} as const;

type Part = typeof words;
declare module "../../lib/messages" {
  interface Words extends Part {}
}
addWords(words);
