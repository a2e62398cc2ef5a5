"""Reads what duizhao wrote with programs by other hands, and compares it with what it should hold.

Usage: check.py FOLDER, with expected.json (a list of {"zh", "en", "kind", "confidence"}, in order) and the written
files in it. Prints a line a format; ends with status 1 where one holds anything else.
"""

import ast
import csv
import json
import sys
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
from markdown_it import MarkdownIt
from translate.storage import tmx, xliff2

folder = Path(sys.argv[1])
expected = json.loads((folder / "expected.json").read_text("utf-8"))
PAIRS = [(pair["zh"], pair["en"]) for pair in expected]
failures = 0


def check(name, reader, found, wanted=PAIRS):
    """Compares, and says which program read how much."""
    global failures
    if found == wanted:
        print(f"{name}: {reader} read {len(found)}")
        return
    failures += 1
    print(f"{name}: {reader} read something else")
    for k, (a, b) in enumerate(zip(found, wanted)):
        if a != b:
            print(f"  {k}: {a!r}\n  not {b!r}")
            break
    else:
        print(f"  {len(found)} in place of {len(wanted)}")


def lines(name):
    return (folder / name).read_bytes().decode("utf-8").split("\n")[:-1]


def one_line(text):
    """What a format with lines keeps of a text."""
    return "".join(" " if c in "\t\n\r" else c for c in text.replace("\r\n", "\n"))


FOLDED = [(one_line(zh), one_line(en)) for zh, en in PAIRS]

# TMX: the Translate Toolkit, by the codes that were asked for, and by two letters.
store = tmx.tmxfile.parsestring((folder / "pairs.tmx").read_bytes())
units = [(unit.source, unit.target) for unit in store.units]
check("tmx", "translate-toolkit", units)
with open(folder / "regional.tmx", "rb") as file:
    store = tmx.tmxfile(file, "zh-Hans", "en-GB")
units = [(unit.source, unit.gettarget("en-GB")) for unit in store.units]
check("tmx, zh-Hans and en-GB", "translate-toolkit", units)
xml = ElementTree.parse(folder / "regional.tmx").getroot()
space = "{http://www.w3.org/XML/1998/namespace}lang"
before = []
for unit in xml.iter("tu"):
    source = unit.find("tuv")
    assert source.get(space) == "zh-Hans", source.attrib
    pre = [ElementTree.fromstring(prop.text).text for prop in source.findall("prop") if prop.get("type") == "x-context-pre"]
    for name in ("prev", "x-context-pre"):
        assert pre == [prop.text for prop in unit.findall("prop") if prop.get("type") == name], pre
    before.append(pre[0] if pre else None)
check("tmx, the text before", "ElementTree", before, [None] + [zh for zh, _ in PAIRS[:-1]])

# XLIFF 2: the Translate Toolkit, and the structure that the standard wants.
store = xliff2.Xliff2File.parsestring((folder / "pairs.xlf").read_bytes())
check("xliff", "translate-toolkit", [(unit.source, unit.target) for unit in store.units])
root = ElementTree.parse(folder / "pairs.xlf").getroot()
ns = "{urn:oasis:names:tc:xliff:document:2.0}"
mda = "{urn:oasis:names:tc:xliff:metadata:2.0}"
assert root.tag == ns + "xliff" and root.get("version") == "2.0" and root.get("srcLang") and root.get("trgLang")
ids = [unit.get("id") for unit in root.iter(ns + "unit")]
assert len(ids) == len(set(ids)) and all(ids), ids
sure = []
for unit in root.iter(ns + "unit"):
    assert [child.tag for child in unit] == [mda + "metadata", ns + "segment"], list(unit)
    assert [child.tag for child in unit[1]] == [ns + "source", ns + "target"], list(unit[1])
    values = {meta.get("type"): meta.text for meta in unit.iter(mda + "meta")}
    sure.append((values["kind"], float(values["confidence"])))
check("xliff, metadata", "ElementTree", sure, [(pair["kind"], pair["confidence"]) for pair in expected])

# XLSX: openpyxl.
book = openpyxl.load_workbook(folder / "pairs.xlsx")
sheet = book.active
rows = list(sheet.iter_rows(min_row=2))
check("xlsx", "openpyxl", [(row[0].value, row[1].value) for row in rows])
check("xlsx, numbers", "openpyxl", [row[4].value for row in rows], [pair["confidence"] for pair in expected])
assert sheet.freeze_panes == "A2", sheet.freeze_panes
assert all(cell.data_type == "s" for row in rows for cell in row[:2]), "a text is stored as something else"
assert rows[0][0].alignment.wrap_text and sheet.column_dimensions["A"].width > 30
assert len(sheet.conditional_formatting) > 0

# CSV and TSV: the csv module of Python.
with open(folder / "pairs.csv", encoding="utf-8", newline="") as file:
    check("csv", "Python's csv", [(row["zh"], row["en"]) for row in csv.DictReader(file)])
with open(folder / "pairs.tsv", encoding="utf-8", newline="") as file:
    rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
    check("tsv", "Python's csv", [(row["zh"], row["en"]) for row in rows], FOLDED)

# JSON Lines, both shapes.
objects = [json.loads(line) for line in lines("pairs.jsonl")]
check("jsonl", "Python's json", [(pair["zh"], pair["en"]) for pair in objects])
objects = [json.loads(line)["translation"] for line in lines("hf.jsonl")]
check("hugging-face", "Python's json", [(pair["zh"], pair["en"]) for pair in objects])

# Moses: line by line.
check("moses", "Python", list(zip(lines("pairs.zh"), lines("pairs.en"))), FOLDED)

# Markdown: markdown-it with tables.
tokens = MarkdownIt("commonmark").enable("table").parse((folder / "pairs.md").read_text("utf-8"))
cells, row = [], None
for k, token in enumerate(tokens):
    if token.type == "tr_open":
        row = []
    elif token.type == "td_open":
        row.append("".join(child.content for child in tokens[k + 1].children))
    elif token.type == "tr_close" and row:
        cells.append(tuple(row[:2]))
shown = [tuple(" ".join(text.split()) for text in pair) for pair in cells]
check("markdown", "markdown-it-py", shown, [tuple(" ".join(text.split()) for text in pair) for pair in FOLDED])

# The sentence numbers, as vecalign reads them, against the links of InterText, against the ladder of hunalign.
beads = [tuple(map(ast.literal_eval, line.split(":")[:2])) for line in lines("pairs.ids")]
links = []
group = ElementTree.parse(folder / "pairs.zh.en.xml").getroot()
texts = []
for key in ("fromDoc", "toDoc"):
    sentences = ElementTree.parse(folder / group.get(key)).getroot().iter("s")
    texts.append({s.get("id"): s.text or "" for s in sentences})
numbers = [{key: k for k, key in enumerate(text)} for text in texts]
for link in group.iter("link"):
    en, zh = (side.split() for side in link.get("xtargets").split(";"))
    assert link.get("type") == f"{len(en)}-{len(zh)}" and link.get("status") == "auto", link.attrib
    links.append(([numbers[0][key] for key in zh], [numbers[1][key] for key in en]))
check("intertext", "ElementTree", sorted(map(str, links)), sorted(map(str, beads)))
joined = [("".join(list(texts[0].values())[k] for k in zh), " ".join(list(texts[1].values())[k] for k in en))
          for zh, en in links if zh and en]
check("intertext, texts", "ElementTree", joined)
rungs = [tuple(map(int, line.split("\t")[:2])) for line in lines("pairs.ladder")]
spans = [(list(range(a, c)), list(range(b, d))) for (a, b), (c, d) in zip(rungs, rungs[1:])]
pairs = [bead for bead in beads if bead[0] and bead[1]]
check("ladder", "Python", [span for span in spans if span[0] and span[1]], pairs)

sys.exit(1 if failures else 0)
