import { useQuery } from "@tanstack/react-query";
import { storageQuery } from "../../api/admin";
import type { Storage } from "../../api/types";
import { t, tMaybe } from "../../lib/messages";
import { dayInWords, fileSize } from "../../lib/time";
import { AdminPart, notThere } from "./AdminPart";
import { timeOfDay } from "./LogRows";
import styles from "./Admin.module.css";
import "./words";

/** How much room everything takes. */
export function StoragePage() {
  const storage = useQuery(storageQuery);
  return (
    <AdminPart title={t("admin.storage")}>{notThere(storage) ?? (storage.data && <Room room={storage.data} />)}</AdminPart>
  );
}

interface Line {
  name: string;
  count: string;
  size: string;
}

function Room({ room }: { room: Storage }) {
  const counted = room.blobs[0]?.counted_at;
  const folder = (name: string, { files, bytes, whole }: Storage["cache"]): Line => ({
    name,
    count: least(files, whole),
    size: least(fileSize(bytes), whole),
  });
  return (
    <>
      <p className="lead">{t("admin.free", { free: fileSize(room.disk.free), total: fileSize(room.disk.total) })}</p>
      <Sizes
        title={t("admin.blobs")}
        lines={room.blobs.map((one) => ({
          name: tMaybe(`admin.blob.${one.kind}`) ?? one.kind,
          count: String(one.blobs),
          size: fileSize(one.bytes),
        }))}
      >
        {room.blobs_are_local ? t("admin.blobsHere") : t("admin.blobsElsewhere")}{" "}
        {counted
          ? t("admin.countedAt", { day: dayInWords(counted), time: timeOfDay(counted) })
          : t("admin.notCounted")}
      </Sizes>
      <Sizes
        title={t("admin.database")}
        lines={room.schemas.map((one) => ({ name: one.name, count: String(one.tables), size: fileSize(one.bytes) }))}
      >
        {t("admin.databaseSize", { size: fileSize(room.database_bytes) })}
      </Sizes>
      <Sizes
        title={t("admin.folders")}
        lines={[folder(t("admin.uploads"), room.uploads), folder(t("admin.cache"), room.cache)]}
      />
    </>
  );
}

const least = (count: number | string, whole: boolean) => (whole ? String(count) : t("admin.more", { count }));

function Sizes({ title, lines, children }: { title: string; lines: readonly Line[]; children?: React.ReactNode }) {
  return (
    <section className={styles.group}>
      <h2>{title}</h2>
      {children && <p className="muted">{children}</p>}
      {lines.length > 0 && (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t("admin.part")}</th>
              <th scope="col" className={styles.number}>
                {t("admin.count")}
              </th>
              <th scope="col" className={styles.number}>
                {t("admin.size")}
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.name}>
                <th scope="row">{line.name}</th>
                <td className={styles.number}>{line.count}</td>
                <td className={styles.number}>{line.size}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
