"""Reads corpora with Python's own readers, which know nothing of the project, and prints what they hold.

usage: independent.py FOLDER

FOLDER holds corpus.jsonl, corpus.hugging-face, corpus.tsv, corpus.csv, corpus.tmx and corpus.zh with corpus.en. For each a
line of JSON comes out: its name and its rows, a pair of texts each.
"""
import csv
import json
import pathlib
import sys
import xml.etree.ElementTree as xml

csv.field_size_limit(1 << 30)
folder = pathlib.Path(sys.argv[1])
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def raw(name):
    return (folder / name).read_bytes().decode("utf-8")


def lines(text):
    assert text.endswith("\n") or not text, "the last line has no end"
    return text.split("\n")[:-1]


def strict(text):
    """JSON as the standard has it: no NaN, no name twice in an object."""
    def once(pairs):
        assert len(dict(pairs)) == len(pairs), "a key stands twice"
        return dict(pairs)

    def no_constant(name):
        raise ValueError(name)

    return json.loads(text, object_pairs_hook=once, parse_constant=no_constant)


def jsonl():
    rows = [strict(line) for line in lines(raw("corpus.jsonl"))]
    assert all(row.keys() == rows[0].keys() for row in rows), "lines have different keys"
    return [[row["zh"], row["en"]] for row in rows]


def hugging_face():
    rows = [strict(line) for line in lines(raw("corpus.hugging-face"))]
    return [[row["translation"]["zh"], row["translation"]["en"]] for row in rows]


def tsv():
    rows = [line.split("\t") for line in lines(raw("corpus.tsv"))]
    assert all(len(row) == len(rows[0]) for row in rows), "rows of different width"
    assert rows[0][:2] == ["zh", "en"]
    # Other readers end lines at more than "\n": none of that may stand in a cell.
    assert len(raw("corpus.tsv").splitlines()) == len(rows)
    return [row[:2] for row in rows[1:]]


def csv_rows():
    with open(folder / "corpus.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, strict=True))
    assert all(len(row) == len(rows[0]) for row in rows), "rows of different width"
    assert rows[0][:2] == ["zh", "en"]
    return [row[:2] for row in rows[1:]]


def tmx():
    rows = []
    for unit in xml.parse(folder / "corpus.tmx").getroot().iter("tu"):
        texts = {variant.get(LANG): variant.find("seg") for variant in unit.iter("tuv")}
        assert all(len(seg) == 0 for seg in texts.values()), "an element inside a text"
        rows.append(["".join(texts[code].itertext()) if code in texts else "" for code in ("zh", "en")])
    return rows


def moses():
    zh, en = lines(raw("corpus.zh")), lines(raw("corpus.en"))
    return [list(pair) for pair in zip(zh, en, strict=True)]


READERS = {"jsonl": jsonl, "hugging-face": hugging_face, "tsv": tsv, "csv": csv_rows, "tmx": tmx, "moses": moses}
for name, read in READERS.items():
    print(json.dumps({"name": name, "rows": read()}))
