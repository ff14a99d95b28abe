import { addWords } from "../../lib/messages";

/** The part of the catalogue for who belongs to a profile. */
const words = {
  "team.title": "Team of {name}",
  "team.lead": "Who acts for {name}, and as what. What anybody uploaded stays with the profile when they go.",
  "team.members": "Members",
  "team.failed": "The list could not be fetched.",
  "team.you": "you",
  "team.since": "Since {day}",
  "team.roleOf": "Role of {name}",
  "team.remove": "Remove",
  "team.removeLabel": "Remove {name}",
  "team.removed": "{name} is no longer in the team",
  "team.changed": "{name} is {role} now",
  "team.leave": "Leave {name}",
  "team.leaveSure": "Leave {name}? You come back by invitation only.",
  "team.leaveYes": "Leave",
  "team.leaveNo": "Stay",
  "team.left": "You have left {name}",
  "team.inviteTitle": "Invite somebody",
  "team.inviteRole": "As",
  "team.invite": "Make a link",
  "team.inviteHint": "The link lets one person in, for seven days. Whoever has it can use it.",
  "team.link": "Link for one {role}",
  "team.send": "Send the link",
  "team.shareTitle": "Join {name}",
  "team.open": "Open invitations",
  "team.openUntil": "{role}, by {name}, until {day}",
  "team.takeBack": "Take back",
  "team.takeBackLabel": "Take back the invitation for a {role}",
  "team.tookBack": "That link leads nowhere now",
  "role.owner": "Owner",
  "role.manager": "Manager",
  "role.member": "Member",
  "role.booker": "Booker",
  "role.door": "Door",
  "roleHint.owner": "Everything, other owners too.",
  "roleHint.manager": "Profile, music, shows, and the team below.",
  "roleHint.member": "Music: upload, publish, take back.",
  "roleHint.booker": "Shows. No unreleased music.",
  "roleHint.door": "The door on the night.",
  "join.title": "Join {name}",
  "join.lead": "{by} invites you to act for {name} as {role}.",
  "join.accept": "Join",
  "join.signIn": "Sign in to join",
  "join.signUp": "New here: make an account",
  "join.joined": "You belong to {name} now",
  "join.goneTitle": "This invitation is over",
  "join.gone": "It was used, taken back, or is older than seven days. Ask whoever sent it for a new link.",
  "join.goneAction": "See what is new in town",
  "join.until": "The link holds until {day}.",
} as const;

type Part = typeof words;
declare module "../../lib/messages" {
  interface Words extends Part {}
}
addWords(words);
