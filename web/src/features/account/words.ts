import { addWords } from "../../lib/messages";

/** What the pages say that the links of mails lead to. */
const words = {
  "born.legend": "When were you born?",
  "born.month": "Month",
  "born.choose": "Choose",
  "born.year": "Year",
  "born.yearHint": "Four digits, such as 1990",
  "born.hint": "It decides how private your account begins. Once you are 18 nothing of it is kept.",
  "tooYoung.title": "Not yet",
  "tooYoung.lead": "You can’t have an account here yet. Everything that is public plays without one.",
  "tooYoung.listen": "Hear what is new in town",
  "forgot.title": "New password",
  "forgot.lead": "We mail you a link to choose a new one.",
  "forgot.submit": "Send the link",
  "forgot.remembered": "It came back to you?",
  "forgot.askedTitle": "Look at your mail",
  "forgot.asked": "If {email} has an account here, a link is on its way. It works once, for an hour.",
  "forgot.nothingCame":
    "Nothing came? Look among the unwanted mail, and think of another address you may have signed up with.",
  "reset.title": "New password",
  "reset.lead": "Everybody is signed out with it, you too. Keys of your programs stay; the settings list them.",
  "reset.password": "New password",
  "reset.submit": "Take this password",
  "reset.done": "The password is changed. Sign in with it",
  "reset.over": "Your password is as it was. Ask for a new link; it works once, for an hour.",
  "reset.overAction": "Ask for a new link",
  "link.over": "This link is over",
  "verify.title": "Your address",
  "verify.lead": "One press, and we know that this address is yours.",
  "verify.submit": "Confirm this address",
  "verify.over": "It was used already, or a newer mail took its place. The settings say how things stand.",
  "verify.overAction": "Open the settings",
  "verify.doneTitle": "Confirmed",
  "verify.done": "{email} is yours.",
  "verify.goOn": "See what is new in town",
  "takeBack.title": "Take the account back",
  "takeBack.lead":
    "Your old address is put back, everybody is signed out, all keys of programs end, and you choose a new password.",
  "takeBack.submit": "It was not me: take it back",
  "takeBack.done": "The account is yours again. Choose a new password",
  "takeBack.over": "It was used already, or seven days have passed. If something is wrong with your account, write to us.",
} as const;

type Part = typeof words;
declare module "../../lib/messages" {
  interface Words extends Part {}
}
addWords(words);
