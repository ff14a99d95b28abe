"""What Chromium plays, sample by sample, through hls.js and as one progressive file."""

import base64
import wave
from pathlib import Path

import numpy as np
import pytest
from tests.browser.conftest import Visit
from tests.browser.visitor import DESKTOP, Visitor
from tests.media.makers import Planar, correlation, lag_of, reference_decode, song
from tests.support.server import Person, Site

pytestmark = pytest.mark.anyio

RATE = 48_000
SECONDS = 30.0037
START_S = 14.61
"""In the middle, and before a join of two segments (15.36 s)."""
NO_MEDIA_SOURCE = (
    "delete window.MediaSource; delete window.ManagedMediaSource; delete window.WebKitMediaSource;"
)

ENGINES = [("", "blob:"), (NO_MEDIA_SOURCE, "/media/")]
HEARD_S = 2
TRIES = 3
"""A busy machine can starve the audio thread for a block; what is wrong with the sound is so each time."""

# Takes the element's samples out of its graph, in order: one worklet hears all of them, silence before the first
# left out.
_TAP = """registerProcessor("tap", class extends AudioWorkletProcessor {
  process([[left, right]]) {
    if (left && (this.begun ||= left.some((sample) => sample !== 0))) {
      this.port.postMessage([left.slice(), (right ?? left).slice()]);
    }
    return true;
  }
});"""
_RECORD = """async ([seconds, script]) => {
  if (!window.tap) {
    window.context = new AudioContext({ sampleRate: 48000 });
    await context.audioWorklet.addModule(URL.createObjectURL(new Blob([script], { type: "text/javascript" })));
    window.element = context.createMediaElementSource(window.elements[0]);
  }
  window.tap = new AudioWorkletNode(context, "tap");
  const blocks = [];
  const done = new Promise((resolve) => {
    tap.port.onmessage = ({ data }) => blocks.push(data) * 128 >= seconds * 48000 && resolve();
  });
  element.connect(tap).connect(context.destination);
  await context.resume();
  document.querySelector("section[aria-label=Player] button[aria-label=Play]").click();
  await done;
  element.disconnect();
  element.connect(context.destination);  // whatever nobody pulls stands still
  const packed = (channel) => {
    const bytes = new Uint8Array(new Float32Array(blocks.flatMap((pair) => [...pair[channel]])).buffer);
    let text = "";
    for (const byte of bytes) text += String.fromCharCode(byte);
    return btoa(text);
  };
  return [packed(0), packed(1)];
}"""


@pytest.fixture(scope="module")
def song_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("exact") / "exact.wav"
    sound = song(44_100, 2, SECONDS)
    with wave.open(str(path), "wb") as file:
        file.setparams((2, 2, 44_100, 0, "NONE", ""))
        file.writeframes(np.int16(32_000 * sound.T).tobytes())
    return path


@pytest.fixture(scope="module")
def exact(site: Site, song_file: Path) -> tuple[Person, dict[str, object]]:
    band = site.person("Ilse")
    return band, band.track(song_file, title="Exactly", publish="true")


@pytest.mark.parametrize(("before", "source"), ENGINES, ids=["hls.js", "file"])
async def test_the_length_and_a_start_in_the_middle_are_exact(
    before: str, source: str, visit: Visit, exact: tuple[Person, dict[str, object]], song_file: Path
):
    _, track = exact
    assert track["duration_ms"] == round(1000 * SECONDS)
    listener = await visit(DESKTOP, before=before, bypass_csp=True)  # for the worklet that listens
    await listener.go(f"/tracks/{track['id']}")
    await listener.page.get_by_role("article").get_by_role("button", name="Play Exactly").click()
    await listener.hears_it_going_on()
    assert source in await listener.sound("audio.src")
    assert abs(await listener.sound("audio.duration") - SECONDS) < 0.0015
    await listener.page.get_by_role("article").get_by_text("0:30", exact=True).first.wait_for()

    wanted = reference_decode(song_file, RATE)[:, round(START_S * RATE) :][:, : HEARD_S * RATE - 128]
    tries: list[tuple[int, float]] = []
    while not (tries and abs(tries[-1][0]) <= RATE // 1000 and tries[-1][1] >= 0.99):
        assert len(tries) < TRIES, tries
        heard = await _hear_from(listener, START_S)
        tries.append((lag_of(heard, wanted), correlation(heard, wanted)))

    await listener.page.get_by_role("slider", name="Position").fill("29.5")
    await listener.hears("audio.ended")
    assert abs(await listener.sound("audio.currentTime") - SECONDS) < 0.0015


async def _hear_from(listener: Visitor, start_s: float) -> Planar:
    """Pause, go there, and hear what comes: `HEARD_S` at 48 kHz, from the first sample that is not silence."""
    player = listener.page.get_by_role("region", name="Player")
    await player.get_by_role("button", name="Pause").click()
    await player.get_by_role("slider", name="Position").fill(str(start_s))
    await listener.hears("!audio.seeking && audio.readyState >= 3 && audio.currentTime === given[0]", start_s)
    sides = await listener.page.evaluate(_RECORD, [HEARD_S, _TAP])
    heard = np.stack([np.frombuffer(base64.b64decode(side), np.float32) for side in sides])
    return heard[:, np.flatnonzero(heard.any(axis=0))[0] :][:, : HEARD_S * RATE - 128]
