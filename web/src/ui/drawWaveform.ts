import { onThemeChange } from "../lib/theme";

const BAR = 3;
const GAP = 1.5;
/** Bars are drawn at least this high, in CSS px, so that silence is a line and not a hole. */
const FLOOR = 2;

export interface Drawing {
  /** Draws again if the played part has moved by a device pixel. */
  paint(): void;
  stop(): void;
}

/**
 * Keeps a canvas drawn: sharp at every pixel ratio, in the theme's colours, again on resize and, while
 * `running`, in every frame in which the played part has moved.
 */
export function drawWaveform(
  canvas: HTMLCanvasElement,
  peaks: readonly number[] | null,
  played: () => number,
  running: boolean,
): Drawing {
  const context = canvas.getContext("2d");
  if (!context) return { paint() {}, stop() {} };
  let colours = readColours(canvas);
  let bars = new Path2D();
  let frame = 0;
  let drawnAt = -1;

  const paint = () => {
    const at = Math.round(played() * canvas.width);
    if (at === drawnAt) return;
    drawnAt = at;
    paintBars(context, canvas, bars, at, colours);
  };
  const loop = () => {
    paint();
    frame = requestAnimationFrame(loop);
  };
  const repaint = () => {
    drawnAt = -1;
    paint();
  };
  const fit = () => {
    const ratio = window.devicePixelRatio || 1;
    canvas.width = Math.max(1, Math.round(canvas.clientWidth * ratio));
    canvas.height = Math.max(1, Math.round(canvas.clientHeight * ratio));
    bars = barsOf(canvas, peaks);
    repaint();
  };
  const recolour = () => {
    colours = readColours(canvas);
    repaint();
  };

  const resized = new ResizeObserver(fit);
  resized.observe(canvas);
  // Taken to another screen its size in CSS px stays.
  const stopWatchingRatio = onRatioChange(fit);
  const unhear = onThemeChange(recolour);
  fit();
  if (running) loop();
  return {
    paint,
    stop() {
      cancelAnimationFrame(frame);
      resized.disconnect();
      stopWatchingRatio();
      unhear();
    },
  };
}

interface Colours {
  played: string;
  ahead: string;
}

/** From properties that the browser resolves: a custom one would come as the text it was written in. */
function readColours(canvas: HTMLCanvasElement): Colours {
  const style = getComputedStyle(canvas);
  return { played: style.fill, ahead: style.color };
}

const ratioListeners = new Set<() => void>();

function onRatioChange(listener: () => void): () => void {
  if (!ratioListeners.size) watchRatio();
  ratioListeners.add(listener);
  return () => ratioListeners.delete(listener);
}

/** A media query knows only one ratio: each change asks for the next. */
function watchRatio(): void {
  matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`).addEventListener(
    "change",
    () => {
      for (const listener of ratioListeners) listener();
      if (ratioListeners.size) watchRatio();
    },
    { once: true },
  );
}

function barsOf(canvas: HTMLCanvasElement, peaks: readonly number[] | null): Path2D {
  const { width, height } = canvas;
  const ratio = width / Math.max(canvas.clientWidth, 1);
  const count = Math.max(1, Math.floor(width / ((BAR + GAP) * ratio)));
  const path = new Path2D();
  resample(peaks ?? [], count).forEach((level, index) => {
    const x = Math.round((BAR + GAP) * index * ratio);
    const tall = Math.max(FLOOR * ratio, level * height);
    path.roundRect(x, (height - tall) / 2, BAR * ratio, tall, (BAR / 2) * ratio);
  });
  return path;
}

function paintBars(
  context: CanvasRenderingContext2D,
  { width, height }: HTMLCanvasElement,
  bars: Path2D,
  playedPx: number,
  colours: Colours,
): void {
  context.clearRect(0, 0, width, height);
  context.fillStyle = colours.ahead;
  context.fill(bars);
  if (playedPx <= 0) return;
  context.save();
  context.beginPath();
  context.rect(0, 0, playedPx, height);
  context.clip();
  context.fillStyle = colours.played;
  context.fill(bars);
  context.restore();
}

/** `count` levels in 0–1: the loudest peak under each bar, so that no hit is lost on a narrow screen. */
export function resample(peaks: readonly number[], count: number): number[] {
  if (!peaks.length) return Array.from({ length: count }, () => 0);
  const top = Math.max(1, ...peaks);
  return Array.from({ length: count }, (_, index) => {
    const from = Math.floor((index * peaks.length) / count);
    const to = Math.max(from + 1, Math.floor(((index + 1) * peaks.length) / count));
    return Math.max(...peaks.slice(from, to)) / top;
  });
}
