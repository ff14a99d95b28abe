"""An untrusted picture as clean squares of a few sizes. Media processes only."""

import io
import warnings
from pathlib import Path

from PIL import Image, ImageCms

from basedmusic.codec.measures import (
    MAX_COVER_BYTES,
    MAX_COVER_PIXELS,
    CoverImage,
    CoverReport,
    CoverRequest,
    ImageRefused,
)

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
WEBP_QUALITY, JPEG_QUALITY = 82, 85
BACKGROUND = (255, 255, 255)
"""Behind what is transparent."""
ORIENTATION = 0x0112
"""EXIF tag; its values 2 to 8 say how to turn the pixels (EXIF 2.32 §4.6.4 A)."""

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def render_cover(request: CoverRequest) -> CoverReport:
    """The middle square of an image in each size, upright, in sRGB, without metadata. Raises ImageRefused.

    Of an animation, the first picture. MemoryError passes: it is this process's limit.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # size is checked below; odd metadata is of no interest
        try:
            with Image.open(io.BytesIO(_bytes(request)), formats=FORMATS) as image:
                return _render(image, request.sizes)
        except (ImageRefused, MemoryError):
            raise
        except Image.UnidentifiedImageError:
            raise ImageRefused("This is not a JPEG, PNG, WebP or GIF image") from None
        except Image.DecompressionBombError:
            raise ImageRefused(f"This image has more than {MAX_COVER_PIXELS // 10**6} megapixels") from None
        except (
            Exception
        ) as error:  # Pillow's decoders raise OSError, SyntaxError, ValueError, struct.error, …
            raise ImageRefused("This image is damaged") from error


def _bytes(request: CoverRequest) -> bytes:
    size = len(request.data) or Path(request.path).stat().st_size
    if size == 0:
        raise ImageRefused("This image is empty")
    if size > MAX_COVER_BYTES:
        raise ImageRefused(f"This image is larger than {MAX_COVER_BYTES >> 20} MB")
    return request.data or Path(request.path).read_bytes()


def _render(image: Image.Image, sizes: tuple[int, ...]) -> CoverReport:
    width, height = image.size
    if width * height > MAX_COVER_PIXELS:
        raise Image.DecompressionBombError
    turn = _orientation(image)
    largest = _square(image, max(sizes))
    if turn in _TURNS:
        largest = largest.transpose(_TURNS[turn])
    images = tuple(_encode(largest.resize((size, size), Image.Resampling.LANCZOS), size) for size in sizes)
    if turn >= 5:
        width, height = height, width
    return CoverReport(images, dominant_colour(largest), width, height)


def _orientation(image: Image.Image) -> int:
    """EXIF's, from 1 to 8; 1 where it can't be read."""
    try:
        return int(image.getexif().get(ORIENTATION, 1))
    except Exception:  # broken EXIF is as good as none
        return 1


def _square(image: Image.Image, size: int) -> Image.Image:
    """The middle square as RGB, `size` pixels wide. Turning it upright afterwards shows the same part."""
    image.draft("RGB", (2 * size, 2 * size))  # JPEG decodes at 1/2, 1/4 or 1/8 for a fraction of the memory
    edge = min(image.size)
    left, top = (image.width - edge) // 2, (image.height - edge) // 2
    box = (left, top, left + edge, top + edge)
    if image.mode in ("P", "PA", "1", "I;16"):
        image = image.crop(box).convert("RGBA" if image.has_transparency_data else "RGB")
        box = (0, 0, edge, edge)
    small = image.resize((size, size), Image.Resampling.LANCZOS, box=box, reducing_gap=2.0)
    return _to_srgb(_opaque(small), image.info.get("icc_profile"))


def _opaque(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image
    image = image.convert("RGBA")
    ground = Image.new("RGBA", image.size, BACKGROUND)
    ground.alpha_composite(image)
    return ground.convert("RGB")


def _to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """By the embedded profile if it fits the image, else by the usual formula."""
    if profile and image.mode in ("RGB", "CMYK", "L"):
        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(
                image, own, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
            if converted is not None:
                return converted
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass
    return image.convert("RGB")


def _encode(image: Image.Image, size: int) -> CoverImage:
    webp, jpeg = io.BytesIO(), io.BytesIO()
    image.info.clear()
    image.save(webp, "WEBP", quality=WEBP_QUALITY, method=4)
    image.save(jpeg, "JPEG", quality=JPEG_QUALITY, optimize=True, progressive=True)
    return CoverImage(size, webp.getvalue(), jpeg.getvalue())


def dominant_colour(image: Image.Image) -> str:
    """`#rrggbb`: the most common of eight colours, where a vivid one counts up to three times."""
    small = image.resize((64, 64), Image.Resampling.BOX)
    palette = small.quantize(8, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    channels = palette.getpalette() or []
    colours = [tuple(channels[at : at + 3]) for at in range(0, len(channels), 3)]
    weights = [
        count * (1 + 2 * (max(colour) - min(colour)) / 255)
        for count, colour in zip(palette.histogram(), colours, strict=False)
    ]
    return "#" + bytes(colours[weights.index(max(weights))]).hex()
