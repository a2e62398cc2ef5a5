#!/usr/bin/env python3
"""Kills a batch at random moments and completes it with --resume: no output may be damaged at any time, and in the
end the bytes must be those of a run that nobody disturbed.

usage: killed.py DUIZHAO [FILES [KILLS [SEED]]]
"""
import os
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time

ZH = ["河上有一座木桥。", "桥是1952年修的。", "老人每天来这里钓鱼。", "他从来没有钓到过鱼。", "“你去哪儿？”他问。"]
EN = ["There is a wooden bridge over the river.", "The bridge was built in 1952.",
      "The old man comes here to fish every day.", "He has never caught a fish.", "\"Where are you going?\" he asked."]


def page(number, chance):
    order = [chance.randrange(len(ZH)) for _ in range(40)]
    lines = [f"{ZH[k]}第{number}页，第{at}句。\n{EN[k]} Page {number}, sentence {at}.\n" for at, k in enumerate(order)]
    return "\n".join(lines)


def content(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.exists() else {}


program = pathlib.Path(sys.argv[1]).resolve()
files, kills, seed = (int(value) for value in (sys.argv[2:] + ["500", "20", "1"][len(sys.argv) - 2:]))
chance = random.Random(seed)
with tempfile.TemporaryDirectory() as temporary:
    folder = pathlib.Path(temporary)
    pages = []
    for number in range(files):
        pages.append(folder / f"page{number}.txt")
        pages[-1].write_text(page(number, chance), encoding="utf-8")

    def batch(out):
        return [str(program), "batch", "--quiet", "--resume", "--out", str(out), *map(str, pages)]

    subprocess.run(batch(folder / "whole"), check=True)
    whole = content(folder / "whole")
    assert len(whole) == files, f"{len(whole)} outputs of {files} files"
    out = folder / "killed"

    def done():
        return sum(name.endswith(".jsonl") for name in os.listdir(out)) if out.exists() else 0

    landed, left = 0, 0
    # Each kill leaves part of the work done, so that the next one meets a batch that resumes; where most of the
    # work is done, it begins anew.
    for _ in range(kills):
        if done() > files * 0.8:
            for path in out.iterdir():
                path.unlink()
        moment = chance.randrange(done(), files)
        child = subprocess.Popen(batch(out))
        while child.poll() is None and done() < moment:
            pass
        time.sleep(chance.random() * 0.02)
        child.send_signal(signal.SIGKILL)
        landed += child.wait() == -signal.SIGKILL
        for name, data in content(out).items():
            if name.endswith(".part"):
                left += 1
            elif whole.get(name) != data:
                sys.exit(f"{name} is damaged: {len(data)} bytes in place of {len(whole.get(name, b''))}")
    subprocess.run(batch(folder / "killed"), check=True)
    if content(folder / "killed") != whole:
        sys.exit("The completed batch differs from the undisturbed one")
print(f"{files} files, {landed} of {kills} kills before the end, {left} unfinished files left on the way, "
      f"none damaged; completed to the same bytes.")
