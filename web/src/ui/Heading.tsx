import { useEffect } from "react";
import { t } from "../lib/messages";
import styles from "./Heading.module.css";

/** The one h1 of a page. It names the document and takes the focus after a navigation (`app/focus.ts`). */
export function Heading({
  title,
  documentTitle = title,
  loud = false,
  className,
  hint,
}: {
  title: string;
  documentTitle?: string;
  /** As large as on a poster, for pages that begin with it alone. */
  loud?: boolean;
  className?: string | undefined;
  /** The whole title, where it may be cut short. */
  hint?: string;
}) {
  useEffect(() => {
    document.title = `${documentTitle} · ${sceneName()}`;
  }, [documentTitle]);
  return (
    <h1
      tabIndex={-1}
      title={hint}
      className={loud ? styles.loud : className}
      style={{ "--letters": title.length, "--longest": longestWord(title) } as React.CSSProperties}
    >
      {title}
    </h1>
  );
}

/** How many letters must stand on one line, so that no word is broken: where it is tight, the type is smaller. */
const longestWord = (title: string) => Math.max(1, ...title.split(/[\s-]+/).map((word) => word.length));

/** The scene's own name stands in the head that the server sends. */
function sceneName(): string {
  const name = document.querySelector<HTMLMetaElement>('meta[property="og:site_name"]')?.content;
  return name || t("app.name");
}
