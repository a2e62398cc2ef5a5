#!/usr/bin/env python3
"""Measures the command line on hand-aligned texts and fails where a figure is under its threshold.

usage: figures.py SHARED DUIZHAO

SHARED holds gold/{literary,news,medical}, articles, segmentation/dev.jsonl and the tools that score them.
"""
import ast
import json
import pathlib
import re
import subprocess
import sys
import tempfile

# Least figures; `noise` is the most.
STRICT = {"literary": 0.89, "news": 0.90, "medical": 0.965}
ARTICLES_F1, ARTICLES_NOISE = 0.93, 0.02
# Boundaries that a splitter can know (Ft), and golden rules that are exactly right.
SEGMENTS = {"ud_en_gum_par": 0.99, "= UD zh": 0.985}
RULES_EXACT = {"= golden/rules en": 1.0, "= golden/rules zh": 1.0}

shared, program = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
failures = []


def run(*command, **more):
    command = [str(part) for part in command]
    return subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE, **more).stdout


def tool(name, *arguments):
    return run(sys.executable, shared / "tools" / name, *arguments)


def check(name, figure, threshold, right):
    print(f"{name:32} {figure:.4f}   ({threshold})", flush=True)
    if not right:
        failures.append(name)


def least(name, figure, threshold):
    check(name, figure, f"at least {threshold}", figure >= threshold)


def most(name, figure, threshold):
    check(name, figure, f"at most {threshold}", figure <= threshold)


def sentences(folder):
    for kind, threshold in STRICT.items():
        predicted = folder / kind
        predicted.mkdir()
        for gold in sorted((shared / "gold" / kind).glob("*.gold")):
            pair = gold.with_suffix(".zh"), gold.with_suffix(".en")
            run(program, "align", *pair, "--sentences", "--format", "ids", "-o", predicted / gold.name)
        theirs = tool("score_alignment.py", shared / "gold" / kind, predicted)
        figure = ast.literal_eval(theirs[theirs.index("{"):])["Fs"]
        least(f"{kind}, strict F1", figure, threshold)
        ours = json.loads(run(program, "eval", shared / "gold" / kind, predicted, "--json"))
        same = round(ours["strict"]["f1"], 4) == figure
        check(f"{kind}, duizhao eval", ours["strict"]["f1"], "the same", same)


def articles(folder):
    made, aligned = folder / "made", folder / "aligned"
    tool("make_articles.py", shared / "gold", made, "--per-layout", 3, "--seed", 1)
    pages = sorted(path for path in made.iterdir() if not path.name.endswith(".gold.jsonl"))
    run(program, "batch", "--out", aligned, "--quiet", *pages)
    mean = tool("score_articles.py", made, aligned).splitlines()[-1]
    figures = {name: float(value) for name, value in re.findall(r"(f1|noise) +([0-9.]+)", mean, re.IGNORECASE)}
    least("articles, mean F1", figures["f1"], ARTICLES_F1)
    most("articles, noise", figures["noise"], ARTICLES_NOISE)


def one_article(folder):
    page = shared / "articles" / "korean-model.txt"
    gold, predicted = folder / "one-gold", folder / "one"
    for path in gold, predicted:
        path.mkdir()
    (gold / "korean-model.gold.jsonl").write_bytes(page.with_suffix(".gold.jsonl").read_bytes())
    run(program, "align", page, "-o", predicted / "korean-model.jsonl", "--quiet")
    mean = tool("score_articles.py", gold, predicted).splitlines()[-1]
    figures = {name: float(value) for name, value in re.findall(r"(f1|noise) +([0-9.]+)", mean, re.IGNORECASE)}
    least("korean-model.txt, F1", figures["f1"], 1.0)
    most("korean-model.txt, noise", figures["noise"], 0.0)


def segments(folder):
    texts, predicted, scores = shared / "segmentation" / "dev.jsonl", folder / "sents.jsonl", folder / "scores.json"
    run(program, "segment", "--jsonl", texts, "-o", predicted)
    tool("score_segmentation.py", texts, predicted, "--json", scores)
    figures = json.loads(scores.read_text())
    for name, threshold in SEGMENTS.items():
        least(f"{name.strip('= ')}, boundaries Ft", figures[name]["Ft"], threshold)
    for name, threshold in RULES_EXACT.items():
        least(f"{name.strip('= ')}, exact", figures[name]["exact"] / figures[name]["n"], threshold)


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    sentences(folder)
    articles(folder)
    one_article(folder)
    segments(folder)
if failures:
    sys.exit("Under the threshold: " + ", ".join(failures))
