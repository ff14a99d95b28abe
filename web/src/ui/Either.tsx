import styles from "./Either.module.css";

/** One of two words in the room of the wider one, so that what stands beside it keeps its place when they change. */
export function Either({ first, second, shows }: { first: string; second: string; shows: "first" | "second" }) {
  return (
    <span className={styles.either}>
      <span className={shows === "first" ? undefined : styles.other}>{first}</span>
      <span className={shows === "second" ? undefined : styles.other}>{second}</span>
    </span>
  );
}
