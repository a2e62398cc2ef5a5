#!/usr/bin/env python3
"""Draws the pictures of the README from what the program really prints, as SVG.

usage: docs/pictures.py DUIZHAO [--check]

DUIZHAO is the built program. `--check` draws nothing, and ends with
status 1 where a picture is not what the program would print now.
"""
import html
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata

# Name of the picture, the columns of the terminal, the command as a person types it, the rows of output to show.
# Commands run in a folder that holds `articles`, the sample articles, and `corpus`, what a batch makes of them.
PICTURES = [
    ("align", 96, "duizhao align articles/dialogue.txt --unpaired", 24),
    ("stats", 96, "duizhao stats corpus/*.jsonl", 40),
]
# A cell of the terminal in pixels, the size of the letters, the margin.
CELL, LINE, SIZE, MARGIN = 8.4, 20, 14, 16
COLORS = {"31": "#ff7b72", "32": "#7ee787", "33": "#e3b341", "2": "#8b949e", None: "#e6edf3"}
GROUND, PROMPT = "#0d1117", "#79c0ff"
FONT = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'Noto Sans Mono CJK SC', monospace"


def columns(c):
    """Columns that a character takes."""
    return 2 if unicodedata.east_asian_width(c) in "WF" else 1


def prepare(program, folder):
    """Lays the sample articles and a corpus made of them into a folder."""
    articles = folder / "articles"
    shutil.copytree(pathlib.Path(__file__).parent.parent / "examples" / "articles", articles)
    pages = sorted(path for path in articles.iterdir() if path.suffix in (".txt", ".md", ".html"))
    pages = [path.relative_to(folder) for path in pages if path.name != "README.md"]
    subprocess.run([program, "batch", *pages, "--unpaired", "--quiet", "--out", "corpus"], check=True, cwd=folder)


def output(program, folder, command, width):
    arguments = []
    for word in command.split()[1:]:
        found = sorted(str(path.relative_to(folder)) for path in folder.glob(word)) if "*" in word else [word]
        arguments += found
    if arguments[0] == "align":
        arguments += ["--format", "side-by-side", "--color", "always"]
    environment = {**os.environ, "COLUMNS": str(width)}
    environment.pop("NO_COLOR", None)
    done = subprocess.run([program, *arguments], check=True, capture_output=True, env=environment, cwd=folder)
    return done.stdout.decode("utf-8").splitlines()


def runs(line):
    """Pieces of a line that have one colour and one width of character, each with its column."""
    color, column = None, 0
    for part in re.split(r"(\x1b\[[0-9;]*m)", line):
        if part.startswith("\x1b"):
            code = part[2:-1]
            color = None if code in ("", "0") else code
            continue
        for piece in re.findall(r"[ -~]+|[^ -~]+", part):
            group, wide = "", None
            for c in piece:
                if wide not in (None, columns(c)):
                    yield column, group, wide, color
                    column += wide * len(group)
                    group = ""
                group, wide = group + c, columns(c)
            yield column, group, wide, color
            column += wide * len(group)


def text(x, y, content, width, color):
    escaped = html.escape(content, quote=False)
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" fill="{color}" textLength="{width:.1f}" '
        f'lengthAdjust="spacingAndGlyphs" xml:space="preserve">{escaped}</text>'
    )


def picture(command, lines, width):
    rows = [[(0, "$ ", 1, "prompt"), (2, command, 1, None)], *(list(runs(line)) for line in lines)]
    height = 2 * MARGIN + LINE * len(rows)
    full = 2 * MARGIN + CELL * max(width, len(command) + 2)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {full:.0f} {height}" width="{full:.0f}" '
        f'font-family="{FONT}" font-size="{SIZE}" role="img">',
        f"<title>{html.escape(command)}</title>",
        f'<rect width="100%" height="100%" rx="8" fill="{GROUND}"/>',
    ]
    for k, row in enumerate(rows):
        for column, content, wide, color in row:
            if content.strip():
                lead = len(content) - len(content.lstrip(" "))
                content, column = content.strip(" "), column + lead
                fill = PROMPT if color == "prompt" else COLORS.get(color, COLORS[None])
                x, y = MARGIN + CELL * column, MARGIN + LINE * (k + 0.75)
                parts.append(text(x, y, content, CELL * wide * len(content), fill))
    return "\n".join([*parts, "</svg>"]) + "\n"


def main():
    program, check = pathlib.Path(sys.argv[1]).resolve(), "--check" in sys.argv[2:]
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        prepare(program, folder)
        drawn = {
            name: picture(command, output(program, folder, command, width)[:most], width)
            for name, width, command, most in PICTURES
        }
    old = []
    for name, content in drawn.items():
        path = pathlib.Path(__file__).parent / f"{name}.svg"
        if not check:
            path.write_text(content, "utf-8")
        elif not path.is_file() or path.read_text("utf-8") != content:
            old.append(path.name)
    if old:
        sys.exit(f"not what the program prints now: {', '.join(old)}; run docs/pictures.py again")


main()
