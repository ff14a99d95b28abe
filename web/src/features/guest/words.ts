import { addWords } from "../../lib/messages";

/** What the pages behind a guest's mails say. */
const words = {
  "guest.title": "Mail when something comes out",
  "guest.lead": "One press, and we write to you when there is something new. Every mail ends it with one press too.",
  "guest.confirm": "Yes, write to me",
  "guest.confirmed": "We write to you when {name} put something out",
  "guest.toArtist": "To {name}",
  "guest.goneTitle": "This link is not valid any more",
  "guest.gone": "It was used already, or its time is over. You can ask for a new one on the page you came from.",
  "guest.home": "See what is new in town",
  "off.title": "No more mail?",
  "off.lead": "End the mails about this artist, or all mail from this scene.",
  "off.one": "No more about this artist",
  "off.all": "No mail from this scene at all",
  "off.allHint": "We then never write to this address as a guest’s again, whoever enters it.",
  "off.done": "You get no more of these mails",
  "off.doneAll": "You get no more mail from here",
  "off.doneLead": "Nothing else is to be done.",
  "guestData.title": "What we keep about your address",
  "guestData.ask": "If you get mail from here without an account: we send you a link that shows what we keep, and erases it.",
  "guestData.send": "Send me the link",
  "guestData.sent": "If we may write to {email}, a mail with the link is on its way. It holds for an hour.",
  "guestData.failed": "What we keep could not be fetched.",
  "guestData.address": "Your address, {address}, and that you hear of:",
  "guestData.addressOnly": "Your address, {address}.",
  "guestData.reports": "It hears what becomes of these reports:",
  "guestData.nothing": "Nothing is kept about {address}.",
  "guestData.save": "Save it as a file",
  "guestData.erase": "Erase all of it",
  "guestData.erased": "All of it is gone",
} as const;

type Part = typeof words;
declare module "../../lib/messages" {
  interface Words extends Part {}
}
addWords(words);
