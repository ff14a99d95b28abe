/** What a key means to the page, or null. Pure, so that every rule below has a test. */
export type Command =
  | "toggle"
  | "next"
  | "previous"
  | "forward"
  | "back"
  | "mute"
  | "queue"
  | "down"
  | "up"
  | "find"
  | "undo"
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
    /** An open menu takes letters to choose by. */
    inMenu?: boolean;
    /** The focus came by a pointer: nobody thinks of the button they clicked a minute ago as focused. */
    byPointer?: boolean;
  };
}

const COMMANDS: Record<string, Command> = {
  " ": "toggle",
  n: "next",
  p: "previous",
  j: "down",
  k: "up",
  "/": "find",
  ArrowRight: "forward",
  ArrowLeft: "back",
  m: "mute",
  q: "queue",
  "?": "help",
};

/** Inputs that take no text: letters may pass, the keys that move them may not. */
const NOT_TEXT = new Set(["range", "checkbox", "radio", "button", "submit", "file"]);

/** Held with Ctrl or Cmd; undoing is left to a text that has something to undo. */
const HELD: Record<string, Command> = { k: "find", z: "undo" };

export function commandFor(press: Press): Command | null {
  const { tag, type, editable } = press.on;
  const isInput = tag === "input";
  const isText =
    editable || tag === "textarea" || tag === "select" || (isInput && !NOT_TEXT.has(type ?? "text"));
  if (press.altKey) return null;
  if (press.ctrlKey || press.metaKey) {
    const held = HELD[press.key] ?? null;
    return (held === "undo" && isText) || (held === "find" && press.on.inDialog) ? null : held;
  }
  const command = COMMANDS[press.key] ?? COMMANDS[press.key.toLowerCase()];
  if (!command || isText || press.on.inMenu) return null;
  // The focused control's own keys come first.
  const isSpace = press.key === " ";
  const isPressed = tag === "button" || tag === "a" || tag === "summary";
  if (isSpace && isPressed && !press.on.byPointer) return null;
  if (isSpace && isInput && type !== "range") return null;
  if (press.key.startsWith("Arrow") && isInput) return null;
  if (press.on.inDialog && ["help", "find", "down", "up"].includes(command)) return null;
  return command;
}
