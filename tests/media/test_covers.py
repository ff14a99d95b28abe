"""Covers: squares of every size from any accepted picture, and nothing of what came along with it."""

import io
import struct
import subprocess
import sys
import zlib

import pytest
from PIL import Image, ImageCms

from basedmusic.codec.cover import dominant_colour, render_cover
from basedmusic.codec.measures import COVER_SIZES, CoverRequest, ImageRefused


def encoded(image, kind, **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def halves(width=600, height=400, mode="RGB"):
    """Left red, right blue, with a green frame outside the middle square."""
    image = Image.new("RGB", (width, height), "green")
    edge = min(width, height)
    left, top = (width - edge) // 2, (height - edge) // 2
    image.paste((220, 20, 20), (left, top, left + edge // 2, top + edge))
    image.paste((20, 20, 220), (left + edge // 2, top, left + edge, top + edge))
    return image.convert(mode)


def opened(data):
    return Image.open(io.BytesIO(data))


def near(pixel, colour, tolerance=40):
    return all(abs(have - want) <= tolerance for have, want in zip(pixel[:3], colour, strict=True))


PICTURES = {
    "jpeg": encoded(halves(), "JPEG", quality=92),
    "progressive jpeg": encoded(halves(2400, 1600), "JPEG", progressive=True),
    "cmyk jpeg": encoded(halves(mode="CMYK"), "JPEG"),
    "png": encoded(halves(), "PNG"),
    "palette png": encoded(halves(mode="P"), "PNG"),
    "rgba png": encoded(halves(mode="RGBA"), "PNG"),
    "webp": encoded(halves(), "WEBP"),
    "tall webp": encoded(halves(300, 900), "WEBP"),
    "gif": encoded(halves(mode="P"), "GIF", save_all=True, append_images=[Image.new("P", (600, 400))]),
    "tiny png": encoded(halves(4, 4), "PNG"),
}


@pytest.mark.parametrize("name", PICTURES)
def test_every_picture_becomes_squares_of_every_size(name):
    report = render_cover(CoverRequest("", PICTURES[name]))
    assert [image.size for image in report.images] == list(COVER_SIZES)
    for image in report.images:
        for data, kind in ((image.webp, "WEBP"), (image.jpeg, "JPEG")):
            made = opened(data)
            assert (made.format, made.size, made.mode) == (kind, (image.size, image.size), "RGB")
            middle = image.size // 2
            assert near(made.getpixel((image.size // 4, middle)), (220, 20, 20), 70)
            assert near(made.getpixel((3 * image.size // 4, middle)), (20, 20, 220), 70)


def test_a_file_is_read_like_bytes(tmp_path):
    path = tmp_path / "cover.png"
    path.write_bytes(PICTURES["png"])
    assert render_cover(CoverRequest(str(path))) == render_cover(CoverRequest("", PICTURES["png"]))


@pytest.mark.parametrize(("orientation", "left"), [(1, "red"), (3, "blue"), (2, "blue")])
def test_the_orientation_is_applied_and_nothing_of_exif_stays(orientation, left):
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = orientation, "Secret Camera"
    exif.get_ifd(0x8825)[2] = (52.0, 31.0, 0.0)
    data = encoded(halves(400, 400), "JPEG", exif=exif, comment=b"made at home")
    report = render_cover(CoverRequest("", data))
    wanted = {"red": (220, 20, 20), "blue": (20, 20, 220)}[left]
    for image in report.images:
        for made in (image.webp, image.jpeg):
            assert near(opened(made).getpixel((image.size // 4, image.size // 2)), wanted)
            assert not opened(made).getexif()
            assert b"Secret" not in made
            assert b"home" not in made


@pytest.mark.parametrize(("orientation", "top"), [(6, (220, 20, 20)), (8, (20, 20, 220))])
def test_a_picture_on_its_side_is_turned_upright(orientation, top):
    exif = Image.Exif()
    exif[0x0112] = orientation
    report = render_cover(CoverRequest("", encoded(halves(600, 400), "JPEG", exif=exif)))
    assert (report.width, report.height) == (400, 600)
    assert near(opened(report.images[-1].jpeg).getpixel((400, 200)), top)


def test_what_is_transparent_lies_on_white():
    report = render_cover(CoverRequest("", encoded(Image.new("RGBA", (50, 50), (200, 0, 0, 0)), "PNG")))
    assert near(opened(report.images[0].webp).getpixel((40, 40)), (255, 255, 255), 3)
    assert report.colour == "#ffffff"


def test_the_first_picture_of_an_animation_is_taken():
    frames = [Image.new("RGB", (60, 60), colour) for colour in ("red", "lime", "blue")]
    for kind in ("GIF", "WEBP"):
        report = render_cover(
            CoverRequest("", encoded(frames[0], kind, save_all=True, append_images=frames[1:]))
        )
        assert near(opened(report.images[0].jpeg).getpixel((48, 48)), (255, 0, 0))


def test_a_colour_profile_is_taken_into_account():
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    data = encoded(halves(), "JPEG", icc_profile=lab.tobytes())
    made = opened(render_cover(CoverRequest("", data)).images[2].jpeg)
    assert near(made.getpixel((200, 400)), (220, 20, 20))
    assert "icc_profile" not in made.info
    broken = encoded(halves(), "JPEG", icc_profile=b"no profile at all" * 20)
    assert near(
        opened(render_cover(CoverRequest("", broken)).images[2].jpeg).getpixel((200, 400)), (220, 20, 20)
    )


def test_the_dominant_colour_is_the_common_one_and_a_vivid_one_counts_more():
    grey = Image.new("RGB", (100, 100), (120, 120, 120))
    assert dominant_colour(grey) == "#787878"
    grey.paste((230, 120, 10), (0, 0, 100, 40))
    colour = dominant_colour(grey)
    assert near(tuple(bytes.fromhex(colour[1:])), (230, 120, 10), 12)


REFUSED = {
    "a text": (b"hello", "not a JPEG, PNG, WebP or GIF"),
    "nothing": (b"", "empty"),
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a JPEG"),
    "tiff": (encoded(halves(), "TIFF"), "not a JPEG"),
    "eps": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "not a JPEG"),
    "cut png": (PICTURES["png"][:200], "damaged"),
    "cut webp": (PICTURES["webp"][: len(PICTURES["webp"]) // 2], "damaged|not a JPEG"),
    "too many bytes": (PICTURES["png"] + bytes(20 << 20), "larger than 20 MB"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_picture_is_refused_in_words(name, tmp_path):
    data, words = REFUSED[name]
    path = tmp_path / "cover"
    path.write_bytes(data)
    with pytest.raises(ImageRefused, match=words):
        render_cover(CoverRequest(str(path)))


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded():
    for edge, words in ((6_400, "40 megapixels"), (60_000, "40 megapixels")):
        header = struct.pack(">IIBBBBB", edge, edge, 8, 6, 0, 0, 0)
        bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(99)))
        with pytest.raises(ImageRefused, match=words):
            render_cover(CoverRequest("", bomb))


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def test_the_largest_picture_fits_into_a_media_process():
    code = (
        "import sys\n"
        "from basedmusic.codec.cover import render_cover\n"
        "from basedmusic.codec.measures import CoverRequest\n"
        "from basedmusic.platform.pool.confine import limit_address_space\n"
        "picture = sys.stdin.buffer.read()\n"
        "limit_address_space(512 << 20)\n"
        "render_cover(CoverRequest('', picture))\n"
    )
    largest = encoded(Image.new("RGBA", (6_300, 6_300), (9, 9, 9, 128)), "PNG", compress_level=1)
    done = subprocess.run([sys.executable, "-c", code], input=largest, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
