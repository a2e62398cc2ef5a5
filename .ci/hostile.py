#!/usr/bin/env python3
"""Measures the command line on documents made to be slow, and prints a table in Markdown.

usage: hostile.py DUIZHAO [NAME…]

Each document is also made at half its size: time in proportion to size makes the last column 2.
"""
import os
import pathlib
import subprocess
import sys
import tempfile

MB = 1_000_000
ZH, EN = "河上有一座木桥。", "There is a wooden bridge over the river. "


def fill(scrap, size):
    """As many copies of a scrap as make a number of bytes."""
    return scrap * max(1, round(size / len(scrap.encode("utf-8"))))


def unrelated(count):
    """Chinese and English lines of words in no order: two texts that have nothing to do with each other."""
    zh = "河桥老师学校孩子船医生雨雪山林虎马村城车站钥匙窗花茶琴画王兵字月"
    en = "river oak lamp stone cat wind road salt glass boat king letter moon door field".split()
    seed, lines = 1, ([], [])
    for number in range(count):
        words = []
        for _ in range(8):
            seed = (seed * 6364136223846793005 + 1442695040888963407) % 2**64
            words.append((zh, en)[number % 2][(seed >> 33) % len((zh, en)[number % 2])])
        lines[number % 2].append(("", " ")[number % 2].join(words))
    return "。\n".join(lines[0]), ".\n".join(lines[1])


def laughs(size):
    names = [f"<!ENTITY a{k} \"{f'&a{k - 1};' * 10 if k else 'ha'}\">" for k in range(12)]
    unit = "<tu><tuv xml:lang=\"zh\"><seg>&a11;</seg></tuv></tu>"
    return "<!DOCTYPE tmx [" + "".join(names) + "]><tmx><body>" + fill(unit, size) + "</body></tmx>"


def columns(size):
    count = int(size / 40)
    row, rule = "|" + "河上有桥|a bridge|" * count, "|" + "-|-|" * count
    return "\n".join([row, rule, row]) + "\n"


# Name, size, what makes a document of a size, its file's ending or endings, and arguments of duizhao, IN for the file.
ALIGN = ["align", "IN", "--format", "jsonl", "--unpaired", "--timeout", "0", "-o", "OUT"]
TEXTS = ["align", "IN1", "IN2", "--sentences", "--format", "ids", "--timeout", "0", "-o", "OUT"]
CONVERT = ["convert", "IN", "OUT"]
INPUTS = [
    ("nested elements", 1.1 * MB, lambda n: fill("<div>", n / 2) + ZH + EN + fill("</div>", n / 2), "html", ALIGN),
    ("everything unclosed", 10 * MB, lambda n: fill("<div><p><b><table><tr><td><ul><li><a href='x'>" + ZH + EN, n), "html", ALIGN),
    ("10 MB without a full stop", 10 * MB, lambda n: fill("河上有木桥", n / 2) + "\n\n" + fill("there is a bridge ", n / 2), "txt", ALIGN),
    ("10 MB, the two scripts in turn", 10 * MB, lambda n: fill("桥bridge", n), "txt", ALIGN),
    ("a million sentences of a word", 9 * MB, lambda n: fill("走。", n * 2 / 3) + "\n\n" + fill("Go. ", n / 3), "txt", ALIGN),
    ("a million lines of a word", 9 * MB, lambda n: fill("走。\nGo.\n", n), "txt", ALIGN),
    ("50 MB of one Han character", 50 * MB, lambda n: fill("春", n), "txt", ALIGN),
    ("50 MB of one letter", 50 * MB, lambda n: fill("a", n), "txt", ALIGN),
    ("50 MB of one full stop", 50 * MB, lambda n: fill("。", n), "txt", ALIGN),
    ("45 MB of one pair", 45 * MB, lambda n: fill(ZH + "\n" + EN + "\n", n), "txt", ALIGN),
    ("45 MB of one pair, in two blocks", 45 * MB, lambda n: fill(ZH, n / 3) + "\n\n" + fill(EN, n * 2 / 3), "txt", ALIGN),
    ("10,000 columns", 1 * MB, lambda n: "<table>" + ("<tr>" + fill(f"<td>桥<td>bridge", n / 10)) * 10, "html", ALIGN),
    ("10,000 columns of Markdown", 0.2 * MB, columns, "md", ALIGN),
    ("deep quotations and lists", 1 * MB, lambda n: fill("> ", n / 3) + ZH + "\n\n" + fill("- ", n / 3) + EN + "\n\n" + fill("1. ", n / 3), "md", ALIGN),
    ("bidirectional and zero-width characters", 10 * MB, lambda n: fill("\u202e" + ZH + "\u200b\u2066\n\n\u200f" + EN + "\u202c\ufeff\n\n", n), "txt", ALIGN),
    ("half surrogates", 10 * MB, lambda n: fill(ZH + EN, n / 2).encode("utf-16")[: int(n / 2)] + b"\x3d\xd8\x41\x00" * int(n / 8), "txt", ALIGN),
    ("GB18030, cut off inside a character", 10 * MB, lambda n: fill(ZH + EN + "\n", n).encode("gb18030")[: int(n) // 2 * 2 - 1] + b"\x81\x30\x81", "txt", ALIGN),
    ("two texts that have nothing in common", 3 * MB, lambda n: unrelated(int(n / 35)), ("zh", "en"), TEXTS),
    ("entities that expand (TMX)", 10 * MB, laughs, "tmx", CONVERT + ["--to", "jsonl"]),
    ("nested elements (TMX)", 10 * MB, lambda n: "<tmx><tu><tuv xml:lang='zh'><seg>" + fill("<sub>", n), "tmx", CONVERT + ["--to", "jsonl"]),
    ("a quotation mark never closed (CSV)", 50 * MB, lambda n: "zh,en\n\"" + fill("河,上\n", n), "csv", CONVERT + ["--to", "jsonl"]),
    ("a million columns (TSV)", 10 * MB, lambda n: "zh\ten\n" + fill("河\t", n), "tsv", CONVERT + ["--to", "jsonl"]),
    ("nested lists (JSON)", 10 * MB, lambda n: fill("[", n), "jsonl", CONVERT + ["--to", "tsv"]),
    ("a line of 50 MB (JSON)", 50 * MB, lambda n: '{"zh":"' + fill("河\\n", n / 2) + '","en":"' + fill("x\\u0000", n / 2) + '"}\n', "jsonl", CONVERT + ["--to", "tsv"]),
]


def run(program, arguments, files, folder):
    names = {"IN": files[0], "IN1": files[0], "IN2": files[-1], "OUT": folder / "out"}
    command = [str(program)] + [str(names.get(argument, argument)) for argument in arguments]
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    said = child.stderr.read()
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (0, 1) or "panicked" in said:
        sys.exit(f"{command}: {child.returncode} {said[:400]}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, said.strip().splitlines()


def write(folder, endings, make, size):
    """Makes the files in a process of their own: what a parent holds counts as its children's memory."""
    endings = endings if isinstance(endings, tuple) else (endings,)
    files = [folder / f"page.{ending}" for ending in endings]
    maker = os.fork()
    if maker == 0:
        made = make(size)
        for file, content in zip(files, made if isinstance(made, tuple) else (made,)):
            file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        os._exit(0)
    assert os.waitpid(maker, 0)[1] == 0
    return files


program = pathlib.Path(sys.argv[1]).resolve()
wanted = sys.argv[2:]
print("| document | size, MB | processor time, s | peak memory, MB | against half the size |\n|---|---|---|---|---|")
for name, size, make, ending, arguments in INPUTS:
    if wanted and not any(word in name for word in wanted):
        continue
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        half = run(program, arguments, write(folder, ending, make, size / 2), folder)
        files = write(folder, ending, make, size)
        time, memory, said = run(program, arguments, files, folder)
        bytes_in = sum(file.stat().st_size for file in files) / MB
        ratio = f"{time / half[0]:.1f} times" if half[0] >= 0.05 else "–"
        print(f"| {name} | {bytes_in:.1f} | {time:.2f} | {memory:.0f} | {ratio} |", flush=True)
        if os.environ.get("VERBOSE"):
            print("   ", *(line[:200] for line in said[:3]), sep="\n    ", flush=True)
