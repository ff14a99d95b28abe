// The light build ships without types; it is the full one less subtitles, alternate audio and encryption.
declare module "hls.js/light" {
  export { default } from "hls.js";
  export * from "hls.js";
}
