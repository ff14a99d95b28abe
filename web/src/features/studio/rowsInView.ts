/** Rows beyond the edges that are kept: an open row above is taller than counted, and a fast scroll shows no gap. */
const SPARE = 10;
/** Ranges begin and end at whole steps, so that most frames of a scroll change nothing. */
const STEP = 4;

export interface Range {
  from: number;
  to: number;
}

/** Which of many rows of one height to have in the page, where `top` px of them are above the window. */
export function rowsInView(top: number, windowHeight: number, rowHeight: number): Range {
  const first = Math.floor(top / rowHeight) - SPARE;
  const last = Math.ceil((top + windowHeight) / rowHeight) + SPARE;
  return { from: Math.max(0, Math.floor(first / STEP) * STEP), to: Math.max(0, Math.ceil(last / STEP) * STEP) };
}

/** A row by its index, or the room of `gap` rows in front of the row `index`. */
export interface Part {
  index: number;
  gap: number;
}

/** The rows of a range and one kept row (−1 for none), in their order, with room where the others would be. */
export function withKept({ from, to }: Range, count: number, kept: number): Part[] {
  const rows = Array.from({ length: Math.max(0, Math.min(to, count) - from) }, (_, place) => from + place);
  if (kept >= 0 && kept < from) rows.unshift(kept);
  if (kept >= Math.min(to, count) && kept < count) rows.push(kept);
  const parts: Part[] = [];
  let next = 0;
  for (const index of rows) {
    if (index > next) parts.push({ index, gap: index - next });
    parts.push({ index, gap: 0 });
    next = index + 1;
  }
  if (next < count) parts.push({ index: count, gap: count - next });
  return parts;
}
