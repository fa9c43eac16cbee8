"""What a sent file is, by its first bytes; its name is never believed."""

TYPES = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}
MOST_BYTES = 5 * 1024 * 1024


def type_of(data: bytes) -> str | None:
    """The type of a file we take: PDF, PNG, JPEG or plain text; None for anything else."""
    for start, kind in TYPES.items():
        if data.startswith(start):
            return kind
    if not data or b"\x00" in data[:4096]:
        return None
    try:
        head = data[:4096].decode("utf-8", errors="strict" if len(data) <= 4096 else "ignore")
    except UnicodeDecodeError:
        return None
    return None if head.lstrip().startswith(("<", "#!", "MZ")) else "text/plain"
