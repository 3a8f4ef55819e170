"""What browsers record, as WhatsApp takes voices: Ogg with Opus, one channel.

Opus is moved from one container to the other as it is; anything else is encoded anew.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from pytake.kit.errors import Invalid

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import InputContainer, OutputContainer

_RATE: Final = 48_000
_BITS_A_SECOND: Final = 32_000


class VoiceUnreadable(Invalid):
    code = "voice_unreadable"
    message = "This recording cannot be read."


def as_voice(recorded: Path, to: Path) -> None:
    """Raises VoiceUnreadable. Takes a while: not for an event loop."""
    import av

    try:
        with av.open(str(recorded)) as source, av.open(str(to), "w", format="ogg") as written:
            if not source.streams.audio:
                raise VoiceUnreadable
            heard = source.streams.audio[0]
            if heard.codec_context.name in {"opus", "libopus"} and heard.channels == 1:
                _move(source, heard, written)
            else:
                _encode(source, heard, written)
    except (av.FFmpegError, ValueError) as error:
        raise VoiceUnreadable from error


def _move(source: "InputContainer", heard: "AudioStream", written: "OutputContainer") -> None:
    said = written.add_stream_from_template(heard)
    for packet in source.demux(heard):
        if packet.dts is not None:
            packet.stream = said
            written.mux(packet)


def _encode(source: "InputContainer", heard: "AudioStream", written: "OutputContainer") -> None:
    import av

    said = written.add_stream("libopus", rate=_RATE)
    said.layout = "mono"
    said.bit_rate = _BITS_A_SECOND
    resampler = av.AudioResampler(format="s16", layout="mono", rate=_RATE)
    for frame in source.decode(heard):
        for part in resampler.resample(frame):
            written.mux(said.encode(part))
    for part in resampler.resample(None):
        written.mux(said.encode(part))
    written.mux(said.encode(None))
