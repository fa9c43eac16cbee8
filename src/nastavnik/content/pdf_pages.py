"""Pictures and texts of the pages of a PDF: `python -m nastavnik.content.pdf_pages FILE FOLDER`.

It runs as a process of its own: a document that makes the reader crash or swell takes down nothing but this. It writes
page-0001.webp ... into FOLDER and prints {"pages": [text, ...]}; exit code 1 means the document cannot be read.
"""

import json
import resource
import sys
from pathlib import Path

MEMORY_BYTES = 3 * 1024**3
CPU_S = 600
WIDTH_PX = 1600
MOST_PAGES = 500
TEXT_LETTERS = 20_000


def main(source: Path, folder: Path) -> int:
    """Write the pictures, print the texts."""
    import pypdfium2  # noqa: PLC0415 - after the limits are set

    try:
        document = pypdfium2.PdfDocument(source)
    except pypdfium2.PdfiumError:
        return 1
    texts = []
    for number in range(min(len(document), MOST_PAGES)):
        page = document[number]
        width = page.get_width() or 1
        picture = page.render(scale=min(WIDTH_PX / width, 8)).to_pil()
        picture.convert("RGB").save(folder / f"page-{number + 1:04}.webp", quality=80, method=4)
        texts.append(" ".join(page.get_textpage().get_text_bounded().replace("\0", " ").split())[:TEXT_LETTERS])
    sys.stdout.write(json.dumps({"pages": texts}))
    return 0 if texts else 1


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S))
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
