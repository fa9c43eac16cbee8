"""Reading the files named on the command line."""

from pathlib import Path


def read_text(path: Path) -> str:
    """The file as text (UTF-8, with or without a byte-order mark). Raises InvalidInput naming file and fault."""
    from nastavnik.kernel.errors import InvalidInput

    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InvalidInput(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise InvalidInput(f"{path} is not UTF-8: byte {error.start + 1} does not fit. Save it as UTF-8.") from error
