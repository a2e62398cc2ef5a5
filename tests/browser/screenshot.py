#!/usr/bin/env python3
"""Makes the picture of the review page in the README, from a sample article and the page as it is.

    python3 tests/browser/screenshot.py target/release/duizhao docs/review.png

Needs Chromium, chromedriver and a Chinese font (Debian: fonts-noto-cjk)."""

import subprocess
import sys
import tempfile
from pathlib import Path

from driver import Browser

ARTICLE = Path(__file__).resolve().parents[2] / "examples" / "articles" / "dialogue.txt"


def main(program, picture):
    with tempfile.TemporaryDirectory() as folder, Browser(size=(1180, 900)) as browser:
        page = Path(folder, "dialogue.html")
        subprocess.run([Path(program).resolve(), "--quiet", "align", ARTICLE, "-o", page], check=True)
        browser.open(page)
        browser.click(".u p")
        browser.keys("m", "Space", "ArrowDown", "Space", "ArrowDown", "ArrowRight")
        browser.run("document.querySelector('.panel').scrollTop = 0; scrollTo(0, 0)")
        browser.picture(picture)
    print(f"{picture}: {Path(picture).stat().st_size // 1024} KB")


if __name__ == "__main__":
    main(*sys.argv[1:])
