"""What is refused at the media edge, each in words its uploader can act on.

They cross from a media process as (code, detail), so `code` is stable and `detail` is a whole sentence.
"""

from basedmusic.kernel.errors import AppError


class MediaInputRefused(AppError):
    """The file is the reason, not the server: trying again changes nothing."""

    code = "media_refused"
    status = 422
    title = "This file can't be taken as music"


class EmptyFile(MediaInputRefused):
    code = "empty_file"
    title = "This file is empty"


class NotAudio(MediaInputRefused):
    """Another kind of file: an image, an archive, a document, a program."""

    code = "not_audio"
    title = "This file is not audio"


class PlaylistNotAudio(MediaInputRefused):
    """A list or manifest that names other files or addresses: nothing it names is opened."""

    code = "playlist_not_audio"
    title = "This file is a playlist, not audio"


class ExternalReferences(MediaInputRefused):
    """A QuickTime file whose sound lies in other files: nothing it names is opened."""

    code = "external_references"
    title = "This file points at other files instead of holding its sound"


class UnsupportedFormat(MediaInputRefused):
    """Audio or video, but in a container that isn't accepted."""

    code = "unsupported_format"
    title = "This kind of audio file is not accepted"


class UnknownFormat(MediaInputRefused):
    code = "unknown_format"
    title = "This file is in no audio format known here"


class UnsupportedCodec(MediaInputRefused):
    """An accepted container with sound in an encoding that isn't accepted (DRM included)."""

    code = "unsupported_codec"
    title = "The sound in this file is in an encoding that is not accepted"


class NoAudioTrack(MediaInputRefused):
    code = "no_audio_track"
    title = "This file has no audio track"


class TooManyChannels(MediaInputRefused):
    code = "too_many_channels"
    title = "This file has too many channels"


class SampleRateOutOfRange(MediaInputRefused):
    code = "sample_rate_out_of_range"
    title = "This file's sample rate is out of range"


class TooLong(MediaInputRefused):
    code = "too_long"
    title = "This file plays longer than is accepted"


class TooLargeDecoded(MediaInputRefused):
    code = "too_large_decoded"
    title = "This file holds more sound than is accepted"


class DamagedFile(MediaInputRefused):
    """Nothing, or nearly nothing, of it decodes; or from some point on nothing more can be read."""

    code = "damaged_file"
    title = "This file is damaged"


class TruncatedFile(MediaInputRefused):
    """The file's own header promises more sound than there is."""

    code = "truncated_file"
    title = "This file was cut off"
