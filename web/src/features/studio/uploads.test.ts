import { afterEach, beforeEach, expect, test, vi } from "vitest";

vi.hoisted(() => {
  vi.stubGlobal("document", { cookie: "", hidden: false });
  vi.stubGlobal("window", { addEventListener() {} });
  vi.stubGlobal("location", { pathname: "/studio" });
});

import { noteAnswer } from "../../api/connection";
import "./words";
import { addUploads, dropUpload, uploads } from "./uploads";

let isUp = false;

/** Sends nothing: breaks while `isUp` is false, and the server takes it otherwise. */
class Wire {
  upload = {};
  status = 201;
  responseText = JSON.stringify({ id: "1", title: "Low water", publication: "draft" });
  onload = () => {};
  onerror = () => {};
  onabort = () => {};
  open() {}
  setRequestHeader() {}
  abort() {}
  send = () => queueMicrotask(() => (isUp ? this.onload() : this.onerror()));
}

const phases = () => uploads.get().list.map((one) => one.phase);
const upload = () =>
  addUploads([new File(["x"], "a.wav"), new File(["x"], "b.wav"), new File(["x"], "c.wav")], { artistId: "1", releaseId: null, publish: false });

beforeEach(() => {
  isUp = false;
  vi.stubGlobal("XMLHttpRequest", Wire);
  vi.stubGlobal("navigator", { onLine: true });
});
afterEach(() => uploads.get().list.forEach(({ key }) => dropUpload(key)));

test("with the server down and the cable in, uploads wait, and go on when it answers", async () => {
  vi.stubGlobal("fetch", async () => Promise.reject(new TypeError()));
  upload();
  await vi.waitFor(() => expect(phases()).toEqual(["away", "away", "away"]));
  isUp = true;
  vi.stubGlobal("fetch", async () => new Response("{}"));
  noteAnswer();
  await vi.waitFor(() => expect(phases()).toEqual(["done", "done", "done"]));
});

test("what breaks though the server answers has failed: it would break for ever", async () => {
  vi.stubGlobal("fetch", async () => new Response("{}"));
  upload();
  await vi.waitFor(() => expect(phases()).toEqual(["failed", "failed", "failed"]));
});
