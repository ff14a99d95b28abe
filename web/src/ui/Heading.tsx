import { useEffect } from "react";
import { t } from "../lib/messages";

/** The one h1 of a page. It names the document and takes the focus after a navigation (`app/focus.ts`). */
export function Heading({
  title,
  documentTitle = title,
  className,
  hint,
}: {
  title: string;
  documentTitle?: string;
  className?: string | undefined;
  /** The whole title, where it may be cut short. */
  hint?: string;
}) {
  useEffect(() => {
    document.title = `${documentTitle} · ${sceneName()}`;
  }, [documentTitle]);
  return (
    <h1 tabIndex={-1} title={hint} className={className}>
      {title}
    </h1>
  );
}

/** The scene's own name stands in the head that the server sends. */
function sceneName(): string {
  const name = document.querySelector<HTMLMetaElement>('meta[property="og:site_name"]')?.content;
  return name || t("app.name");
}
