import { t } from "../lib/messages";
import styles from "./Skeleton.module.css";

/** One shape that holds the place of what is still to come. `width` is a CSS length. */
export function Skeleton({ shape, width }: { shape: "title" | "line" | "row" | "cover"; width?: string }) {
  return <span className={`${styles.shape} ${styles[shape]}`} style={width ? { width } : undefined} />;
}

/** A page's content to come, told once to a screen reader. */
export function Waiting({ children }: { children: React.ReactNode }) {
  return (
    <div role="status" className={styles.waiting}>
      <span className="hidden">{t("list.loading")}</span>
      {children}
    </div>
  );
}

/** The place of a list of rows, such as tracks. */
export function SkeletonRows({ count = 5 }: { count?: number }) {
  return (
    <div className={styles.rows} aria-hidden="true">
      {Array.from({ length: count }, (_, place) => (
        <div key={place} className={styles.track}>
          <Skeleton shape="cover" />
          <Skeleton shape="line" width={`${36 + ((place * 17) % 40)}%`} />
        </div>
      ))}
    </div>
  );
}
