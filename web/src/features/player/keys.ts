/** What a key means to the player, or null. Pure, so that every rule below has a test. */
export type Command =
  | "toggle"
  | "next"
  | "previous"
  | "forward"
  | "back"
  | "mute"
  | "queue"
  | "help";

export interface Press {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  /** Where the focus is: a lower-case tag name, an input's type, and whether its text can be edited. */
  on: {
    tag: string;
    type?: string | undefined;
    editable?: boolean;
    inDialog?: boolean;
    /** The focus came by a pointer: nobody thinks of the button they clicked a minute ago as focused. */
    byPointer?: boolean;
  };
}

const COMMANDS: Record<string, Command> = {
  " ": "toggle",
  j: "next",
  k: "previous",
  ArrowRight: "forward",
  ArrowLeft: "back",
  m: "mute",
  q: "queue",
  "?": "help",
};

/** Inputs that take no text: letters may pass, the keys that move them may not. */
const NOT_TEXT = new Set(["range", "checkbox", "radio", "button", "submit", "file"]);

export function commandFor(press: Press): Command | null {
  const command = COMMANDS[press.key] ?? COMMANDS[press.key.toLowerCase()];
  if (!command || press.ctrlKey || press.metaKey || press.altKey) return null;
  const { tag, type, editable } = press.on;
  const isInput = tag === "input";
  if (editable || tag === "textarea" || tag === "select") return null;
  if (isInput && !NOT_TEXT.has(type ?? "text")) return null;
  // The focused control's own keys come first.
  const isSpace = press.key === " ";
  const isPressed = tag === "button" || tag === "a" || tag === "summary";
  if (isSpace && isPressed && !press.on.byPointer) return null;
  if (isSpace && isInput && type !== "range") return null;
  if (press.key.startsWith("Arrow") && isInput) return null;
  if (press.on.inDialog && command === "help") return null;
  return command;
}
