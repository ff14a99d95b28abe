import { Moon, Plus, Share, Sun } from "lucide-react";
import { useState, type ReactNode } from "react";
import { Choice } from "../../ui/Choice";
import { Button, buttonClass, Field, IconButton, PlayButton, Problem } from "../../ui/controls";
import { Cover } from "../../ui/Cover";
import { Dialog } from "../../ui/Dialog";
import { Empty } from "../../ui/Empty";
import { ErrorNote } from "../../ui/ErrorNote";
import { Menu } from "../../ui/Menu";
import { say } from "../../ui/said";
import { Skeleton, SkeletonRows } from "../../ui/Skeleton";
import { Slider } from "../../ui/Slider";
import { Switch } from "../../ui/Switch";
import { Tabs } from "../../ui/Tabs";
import styles from "./StylePage.module.css";

const nothing = () => {};

export function Parts() {
  return (
    <div className={styles.stack}>
      <Buttons />
      <Inputs />
      <Part name="Menu">
        <Menu
          label="More about this"
          title="Low water"
          entries={() => [
            { label: "Play next", icon: Plus, onSelect: () => say("It plays next") },
            { label: "Share", icon: Share, rests: true },
            "line",
            { label: "Saved", checked: true, onSelect: nothing },
            { label: "To the home page", link: { to: "/" } },
          ]}
        />
      </Part>
      <Part name="Tabs">
        <Tabs
          label="What is saved"
          tabs={[
            { id: "tracks", label: "Tracks", count: 12, content: <p>Twelve tracks.</p> },
            { id: "releases", label: "Releases", count: 0, content: <p>No releases yet.</p> },
            { id: "artists", label: "Artists", content: <p>Artists you follow.</p> },
          ]}
        />
      </Part>
      <Part name="Notes and dialogs">
        <div className={styles.line}>
          <Button size="small" onClick={() => say("Low water is in the queue")}>
            Say something
          </Button>
          <Button size="small" onClick={() => say("Low water is deleted", { undo: () => say("It is back") })}>
            Say what can be undone
          </Button>
          <Opens />
        </div>
      </Part>
      <Part name="Covers">
        <div className={styles.covers}>
          {["one", "two", "three", "four"].map((seed) => (
            <Cover key={seed} cover={null} seed={seed} size="medium" />
          ))}
        </div>
      </Part>
      <Part name="Skeletons">
        <Skeleton shape="title" />
        <SkeletonRows count={2} />
      </Part>
      <Part name="Empty place">
        <Empty level={3} title="Nothing saved yet" action={<Button look="hot">Look around</Button>}>
          Tracks that you save live here.
        </Empty>
      </Part>
      <Part name="Trouble">
        <ErrorNote title="The list could not be fetched." onRetry={nothing}>
          Nothing was lost; check the connection and try again.
        </ErrorNote>
        <ErrorNote title="The list could not be fetched." onRetry={nothing} busy>
          Nothing was lost; check the connection and try again.
        </ErrorNote>
        <Problem>That email and password don’t belong together.</Problem>
      </Part>
    </div>
  );
}

function Part({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={styles.part}>
      <h3>{name}</h3>
      {children}
    </div>
  );
}

function Buttons() {
  return (
    <Part name="Buttons">
      {(["hot", "plain", "quiet"] as const).map((look) => (
        <div key={look} className={styles.line}>
          <Button look={look}>Play it</Button>
          <Button look={look} size="small">
            Small
          </Button>
          <Button look={look} rests>
            Rests
          </Button>
          <Button look={look} disabled>
            Disabled
          </Button>
          <a href="#main" className={buttonClass(look)}>
            A link
          </a>
        </div>
      ))}
      <div className={styles.line}>
        <PlayButton playing={false} label="Play, large" large />
        <PlayButton playing label="Pause" />
        <PlayButton playing={false} label="Play, one of many" quiet />
        <PlayButton playing={false} label="Play, can't" disabled />
        <IconButton label="Add">
          <Plus size={20} strokeWidth={1.75} aria-hidden />
        </IconButton>
        <IconButton label="Add, rests" rests>
          <Plus size={20} strokeWidth={1.75} aria-hidden />
        </IconButton>
      </div>
    </Part>
  );
}

function Inputs() {
  const [theme, setTheme] = useState<"light" | "dark">("light");
  const [on, setOn] = useState(true);
  const [level, setLevel] = useState(0.6);
  return (
    <Part name="Fields and choices">
      <Field label="Name" hint="As it stands on the poster.">
        {(ids) => <input {...ids} defaultValue="Sefa and the Tides" />}
      </Field>
      <Field label="Email" error="This is no email address.">
        {(ids) => <input {...ids} defaultValue="sefa@" />}
      </Field>
      <Field label="A few words">{(ids) => <textarea {...ids} />}</Field>
      <Choice
        label="Theme"
        value={theme}
        onChange={setTheme}
        options={[
          { value: "light", label: "Light", icon: Sun },
          { value: "dark", label: "Dark", icon: Moon },
        ]}
      />
      <Switch label="Single keys" hint="Letters alone are commands." checked={on} onChange={setOn} />
      <Switch label="The other way" checked={!on} onChange={(off) => setOn(!off)} />
      <Slider label="Volume" value={level} onChange={setLevel} />
    </Part>
  );
}

function Opens() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        Open a dialog
      </Button>
      {open && (
        <Dialog title="A dialog" onClose={() => setOpen(false)}>
          <p>It holds the focus, closes on Escape, and gives the focus back.</p>
          <Button onClick={() => say("Said over the dialog", { undo: nothing })}>Say something over it</Button>
        </Dialog>
      )}
    </>
  );
}
