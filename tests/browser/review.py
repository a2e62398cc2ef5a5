#!/usr/bin/env python3
"""Drives the review page in a real browser, by keyboard and mouse, as a person would, and holds what comes out of it
against what the program writes for the same pairs.

    python3 tests/browser/review.py target/release/duizhao [--pictures FOLDER]

Needs Chromium and chromedriver, and nothing else but Python. The time to open 10,000 pairs is printed."""

import argparse
import json
import subprocess
import tempfile
import time
from pathlib import Path

import texts
from driver import Browser

# What a test looks at of the page.
ROWS = "return [...document.querySelectorAll('.u')].map(row => [0, 1].map(k => [...row.children[k].querySelectorAll('p')].map(p => p.textContent)))"
CHOSEN = "return [...document.querySelectorAll('.u')].indexOf(document.activeElement.closest('.u'))"
SAID = "return document.querySelector('.said').textContent"
MARKS = "return [...document.querySelectorAll('.u')].flatMap((row, k) => row.querySelector('.right') ? [k] : [])"
SHOWN = "return [...document.querySelectorAll('.u')].filter(row => row.checkVisibility()).length"


class Bench:
    """The program under test and a folder to work in."""

    def __init__(self, program, folder):
        self.program, self.folder = Path(program).resolve(), Path(folder)

    def file(self, name, lines):
        path = self.folder / name
        path.write_text("".join(line + "\n" for line in lines), encoding="utf-8", newline="\n")
        return path

    def run(self, *arguments):
        done = subprocess.run([self.program, *map(str, arguments)], cwd=self.folder, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
        return done.stderr.decode()

    def read(self, name):
        return (self.folder / name).read_bytes()


def same(left, right, what):
    if left != right:
        one, other = str(left), str(right)
        first = next((k for k, (a, b) in enumerate(zip(one, other)) if a != b), min(len(one), len(other)))
        around = slice(max(0, first - 100), first + 300)
        raise AssertionError(f"{what}, from character {first} on:\n  {one[around]}\nis not\n  {other[around]}")


def at(browser, number):
    """Goes to a row, by a click on its first sentence."""
    browser.run("document.querySelectorAll('.u')[arguments[0]].scrollIntoView({block: 'center'})", number)
    row = browser.run("return document.querySelectorAll('.u')[arguments[0]].querySelector('p')", number)
    browser.call("POST", f"/element/{row['element-6066-11e4-a52e-4f735466cecf']}/click", {})
    same(browser.run(CHOSEN), number, "the row that was clicked")


def export(browser, ending):
    browser.click(f"[data-file='{ending}']")
    return browser.file(f"big.zh.{ending}")


def test_untouched(bench, browser):
    """A page that nobody has changed gives what the program writes, byte for byte."""
    for unpaired in (False, True):
        more = ["--unpaired"] if unpaired else []
        if unpaired:
            browser.click(".panel > .chip input")
        for ending in ("jsonl", "tsv", "tmx"):
            bench.run("align", "--sentences", "big.zh.txt", "big.en.txt", "-o", f"library.{ending}", *more)
            same(export(browser, ending), bench.read(f"library.{ending}"), f"{ending} of an untouched page")
    browser.click(".panel > .chip input")


def test_records(bench, browser):
    """A page made of a corpus gives that corpus again."""
    bench.run("align", "--sentences", "big.zh.txt", "big.en.txt", "--unpaired", "-o", "corpus.jsonl")
    bench.run("convert", "corpus.jsonl", "corpus.html", "--unpaired")
    browser.open(bench.folder / "corpus.html")
    browser.click("[data-file='jsonl']")
    same(browser.file("duizhao.jsonl"), bench.read("corpus.jsonl"), "the corpus of a page of records")
    browser.open(bench.folder / "big.html")


def test_keyboard(browser):
    """Every operation by keyboard, undone and redone."""
    rows = browser.run(ROWS)
    browser.run("document.querySelector('.skip').focus()")
    browser.keys("Enter")
    same(browser.run(CHOSEN), 0, "the skip link leads to the first row")

    browser.keys("ArrowDown", "ArrowDown", "ArrowUp", "m")
    merged = [rows[1][0] + rows[2][0], rows[1][1] + rows[2][1]]
    now = browser.run(ROWS)
    same(now, [rows[0], merged, *rows[3:]], "merging")
    same(browser.run(CHOSEN), 1, "the focus stays on the merged pair")
    browser.keys("Control+z")
    same(browser.run(ROWS), rows, "undoing a merge")
    browser.keys("Control+y")
    same(browser.run(ROWS), now, "redoing a merge")

    browser.keys("ArrowRight", "s")
    same(browser.run(ROWS), rows, "splitting where it was merged")
    browser.keys("Control+z", "Control+z")

    # The sentence goes down, its counterpart stays, and comes back up.
    at(browser, 4)
    browser.keys("]")
    now = browser.run(ROWS)
    same(now[4], [[], rows[4][1]], "what is left after moving a sentence down")
    same(now[5], [rows[4][0] + rows[5][0], rows[5][1]], "what a sentence was moved to")
    browser.keys("[")
    same(browser.run(ROWS), rows, "moving a sentence up again")

    at(browser, 6)
    browser.keys("u")
    same(browser.run(ROWS)[6:8], [[rows[6][0], []], [[], rows[6][1]]], "unpairing")
    # Two that stand apart are joined: the English half with the pair above the Chinese one.
    browser.keys("ArrowDown", "x", "ArrowUp", "v")
    same(browser.run(ROWS), rows, "joining what was unpaired")

    at(browser, 8)
    browser.keys("ArrowRight", "e", "Control+a")
    browser.type("The teacher <b>sold</b> & \"gave\" away fish.")
    browser.keys("Enter")
    same(browser.run(ROWS)[8][1], ['The teacher <b>sold</b> & "gave" away fish.'], "editing")
    browser.keys("e", "Control+a")
    browser.type("never")
    browser.keys("Escape")
    same(browser.run(ROWS)[8][1], ['The teacher <b>sold</b> & "gave" away fish.'], "giving an edit up")

    at(browser, 9)
    browser.keys("Space")
    same(browser.run(MARKS), [9], "marking")
    browser.keys("Space")
    same(browser.run(MARKS), [], "taking a mark back")
    browser.keys("Control+Enter")
    same(browser.run(MARKS), [9], "marking and going on")
    assert browser.run(CHOSEN) > 9, "marking with Control and Enter goes on to the next place to check"
    # Tab leads from the row to its actions and back to the panel, in the browser's own order.
    browser.run("document.querySelectorAll('.u')[9].querySelector('p').click()")
    stops = []
    for key in ("Tab", "Tab", "Shift+Tab", "Shift+Tab", "Shift+Tab"):
        browser.keys(key)
        stops.append(browser.run("const e = document.activeElement; return e.dataset.action ?? e.dataset.file ?? e.className"))
    same(stops, ["Right", "Merge with the next", "Right", "u done chosen", "corrections.jsonl"], "where Tab leads")
    browser.keys("Tab")
    browser.keys("n", "?")
    assert browser.run("return document.querySelector('dialog').open"), "the help opens"
    browser.keys("Escape")
    assert browser.run(CHOSEN) > 9, "the focus comes back from the help"


def test_mouse(browser):
    """The same by mouse."""
    rows = browser.run(ROWS)
    at(browser, 20)
    browser.click("[data-action='Merge with the next']")
    same(browser.run(ROWS)[20][0], rows[20][0] + rows[21][0], "merging by mouse")
    browser.click("[data-do='undo']")
    same(browser.run(ROWS), rows, "undoing by mouse")
    browser.click("[data-do='redo']")
    browser.click("[data-action='Right']")
    assert 20 in browser.run(MARKS), "marking by mouse"
    at(browser, 24)
    browser.double_click(".u.chosen .en p")
    browser.keys("Control+a")
    browser.type("Typed after a double click.")
    browser.click("[data-do='help']")
    browser.keys("Escape")
    assert ["Typed after a double click."] in [row[1] for row in browser.run(ROWS)], "leaving the field keeps the text"


def test_find(browser):
    """Filters, search and the picture."""
    total = browser.run("return document.querySelectorAll('.u').length")
    browser.click("[data-filter='unpaired']")
    alone = browser.run(SHOWN)
    same(alone, browser.run("return document.querySelectorAll('.u.alone').length"), "rows that the filter shows")
    assert 0 < alone < total
    browser.click("[data-filter='unpaired']")
    browser.click("[type=search]")
    browser.type("SHANGHAI")
    time.sleep(0.5)
    same(browser.run(SHOWN), 0, "rows with a word that is nowhere")
    browser.keys("Control+a")
    browser.type("on the PIER")
    time.sleep(0.5)
    found = sum(any("on the pier" in text for text in en) for _, en in browser.run(ROWS))
    same(browser.run(SHOWN), found, "rows with a word that was sought")
    browser.keys("Control+a")
    browser.type("\ue017")
    time.sleep(0.5)
    same(browser.run(SHOWN), total, "rows after the search")
    browser.run("document.querySelector('canvas').scrollIntoView()")
    size = browser.run("return document.querySelector('canvas').clientWidth")
    browser.click_at("canvas", size / 2, size / 2)
    assert abs(browser.run(CHOSEN) - total / 2) < total / 20, "a click in the middle of the picture leads to the middle"
    browser.click("[data-do='next']")
    assert browser.run(CHOSEN) > total / 2, "the next place to check"


def test_marks(browser):
    """Marks on everything that a person can make: merged, unpaired, moved, and all that a filter shows."""
    at(browser, 30)
    browser.keys("m", "Space")
    at(browser, 40)
    browser.keys("u", "Space", "ArrowDown", "Space")
    # A pair whose halves stand far apart, so that it crosses all between them.
    at(browser, 50)
    browser.keys("u", "x")
    at(browser, 60)
    browser.keys("u", "ArrowDown", "v", "Space")
    assert "moved" in browser.run("return document.activeElement.textContent"), "a joined pair of far halves is moved"
    at(browser, 70)
    browser.keys("m")
    browser.click("[data-filter='not 1–1']")
    many = browser.run(SHOWN)
    browser.click("[data-do='all']")
    browser.click("[data-filter='not 1–1']")
    assert len(browser.run(MARKS)) >= many > 20, "marking all that is shown"
    at(browser, 70)
    browser.keys("Space")


def test_reload(browser):
    """What was done is there after a reload, and can be undone and redone."""
    rows, marks = browser.run(ROWS), browser.run(MARKS)
    browser.reload()
    same(browser.run(ROWS), rows, "the pairs after a reload")
    same(browser.run(MARKS), marks, "the marks after a reload")
    browser.click("[data-do='undo']")
    browser.click("[data-do='undo']")
    browser.click("[data-do='undo']")
    undone = browser.run(ROWS), browser.run(MARKS)
    assert undone[0] != rows and undone[1] != marks, "undoing after a reload"
    browser.reload()
    same((browser.run(ROWS), browser.run(MARKS)), undone, "what was undone after a reload")
    for _ in range(3):
        browser.click("[data-do='redo']")
    same((browser.run(ROWS), browser.run(MARKS)), (rows, marks), "redoing after a reload")


def test_exports(bench, browser):
    """The changed pairs as the program writes them, and the corrections as they come back."""
    for unpaired in (False, True):
        more = ["--unpaired"] if unpaired else []
        if unpaired:
            browser.click(".panel > .chip input")
        (bench.folder / "page.jsonl").write_bytes(export(browser, "jsonl"))
        for ending in ("jsonl", "tsv", "tmx"):
            bench.run("convert", "page.jsonl", f"library.{ending}", *more)
            same(export(browser, ending), bench.read(f"library.{ending}"), f"{ending} of a changed page")
    corrections = export(browser, "corrections.jsonl")
    (bench.folder / "page.corrections.jsonl").write_bytes(corrections)
    bench.run("convert", "page.corrections.jsonl", "library.tsv", "--unpaired")
    same(export(browser, "tsv"), bench.read("library.tsv"), "the corrections read as a corpus")
    return [json.loads(line) for line in corrections.decode().splitlines()]


def test_round_trip(bench, browser, lines):
    """Aligned again with the corrections, every marked pair is what it was, and a page of it shows that."""
    right = [line for line in lines if line["status"] == "right"]
    assert len(right) > 20 and any(line["status"] == "changed" for line in lines)
    arguments = ["align", "--sentences", "big.zh.txt", "big.en.txt", "--corrections", "page.corrections.jsonl"]
    said = bench.run(*arguments, "--unpaired", "-o", "again.jsonl")
    assert "not kept" not in said and f"{len(right)} pairs marked as right kept" in said, said
    again = [json.loads(line) for line in bench.read("again.jsonl").decode().splitlines()]
    pairs = {(line["zh"], line["en"], line["kind"], line["confidence"], line["reason"]) for line in again}
    for line in right:
        wanted = (line["zh"], line["en"], line["kind"], 1.0, line["reason"])
        assert wanted in pairs, f"lost: {wanted}"
    edited = {s["edited"] for line in lines for s in line["en_sentences"] if "edited" in s}
    assert len(edited) == 2 and all(any(text in line["en"] for line in again) for text in edited)
    bench.run(*arguments, "-o", "again.html")
    browser.open(bench.folder / "again.html")
    same(len(browser.run(MARKS)), len(right), "marks on the page of the new alignment")
    same(browser.run("return document.querySelectorAll('p.edited').length"), len(edited), "edited sentences on it")
    browser.click("[data-file='corrections.jsonl']")
    second = browser.file("big.zh.corrections.jsonl").decode().splitlines()
    keys = ("zh", "en", "kind", "zh_sentences", "en_sentences")
    wanted = [[line[key] for key in keys] for line in right]
    got = [[line[key] for key in keys] for line in map(json.loads, second) if line["status"] == "right"]
    same(sorted(got, key=str), sorted(wanted, key=str), "the marks in the second corrections")


def test_hostile(bench, browser):
    """Nothing of the article acts: no dialog, no variable, no request, no element."""
    zh, en = [z for z, _ in texts.HOSTILE], [e for _, e in texts.HOSTILE]
    name = "a'\"><img src=x onerror=alert(9)>.txt"
    bench.file(name, zh)
    bench.file("hostile.en.txt", en)
    bench.run("align", "--sentences", name, "hostile.en.txt", "-o", "hostile.html")
    browser.requests()
    browser.open(bench.folder / "hostile.html")
    same(browser.dialog(), None, "dialogs")
    for _ in range(3):
        at(browser, 2)
        browser.keys("m", "e")
        browser.type("<img src=x onerror=window.hacked=7><script>window.hacked=8</script>")
        browser.keys("Enter")
        same(browser.dialog(), None, "dialogs after editing")
    browser.keys("Control+z")
    browser.reload()
    for ending in ("tmx", "tsv", "jsonl", "corrections.jsonl"):
        browser.click(f"[data-file='{ending}']")
    time.sleep(0.5)
    same(browser.run("return window.hacked ?? null"), None, "a variable set by the article")
    page = "return [document.scripts.length, ...['img, iframe, svg, object, embed, link', '.u b, .u a, .u script, .u style', '[onerror], [onload]']" \
           ".map(css => document.querySelectorAll(css).length), document.querySelectorAll('.document').length]"
    same(browser.run(page), [1, 0, 0, 0, 1], "elements of the article")
    texts_shown = [text for row in browser.run(ROWS) for side in row for text in side]
    # The program folds white space, of which U+2028 is; the page shows the rest as it stands.
    for text in zh[:2] + en[3:6] + zh[7:]:
        assert any(text in shown for shown in texts_shown), f"not shown as it stands: {text}"
    requests = [url for url in browser.requests() if not url.startswith(("file:", "blob:", "chrome:"))]
    same(requests, [], "requests of the page")
    complaints = [entry for entry in browser.log("browser") if entry["level"] == "SEVERE"]
    same(complaints, [], "errors on the console")


def test_chinese(bench, folder):
    with Browser(language="zh-CN") as browser:
        browser.open(bench.folder / "again.html")
        same(browser.run("return [document.documentElement.lang, document.querySelector('[data-do=undo]').textContent]"), ["zh-Hans", "撤销"], "the Chinese page")
        english = browser.run("return [...document.querySelectorAll('.panel button, .panel label, .panel legend, .panel h2, .panel dt, dialog td, dialog p, .bar button')]"
                              ".map(e => e.textContent).filter(text => /[A-Za-z]{3}/.test(text) && !/^(TMX|TSV|JSONL)$|duizhao/.test(text))")
        same(english, [], "labels that are not Chinese")
        if folder:
            at(browser, 6)
            browser.picture(folder / "chinese.png")


def test_contrast(browser):
    """Text stands out from what is behind it, 4.5 to 1 at least (WCAG 2.1, 1.4.3), in both schemes."""
    script = """
      const light = c => { const [r, g, b] = c.map(x => (x /= 255) <= .04045 ? x / 12.92 : ((x + .055) / 1.055) ** 2.4); return .2126 * r + .7152 * g + .0722 * b };
      const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
      const rgba = c => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = c; canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data] };
      const behind = e => { const layers = []; for (; e; e = e.parentElement) layers.unshift(rgba(getComputedStyle(e).backgroundColor));
        return layers.reduce((under, [r, g, b, a]) => [r, g, b].map((x, k) => x * a / 255 + under[k] * (1 - a / 255)), rgba('Canvas').slice(0, 3)) };
      const bad = [];
      for (const e of document.querySelectorAll('body *')) {
        if (!e.checkVisibility() || ![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())) continue;
        const [a, b] = [light(rgba(getComputedStyle(e).color).slice(0, 3)), light(behind(e))].sort((x, y) => y - x);
        const ratio = (a + .05) / (b + .05);
        if (ratio < 4.5) bad.push([e.className, e.textContent.slice(0, 30), ratio]);
      }
      return bad.slice(0, 10)"""
    for dark in (False, True):
        browser.colours(dark)
        at(browser, 6)
        same(browser.run(script), [], f"texts with too little contrast, {'dark' if dark else 'light'}")
    browser.colours(False)
    names = browser.run("return [...document.querySelectorAll('button, input, textarea, canvas, dialog')].filter(e => !(e.textContent || e.labels?.[0]?.textContent"
                        " || e.getAttribute('aria-label'))).map(e => e.outerHTML)")
    same(names, [], "controls without a name")
    langs = browser.run("return [...new Set([...document.querySelectorAll('.u')].map(row => [row.children[0].lang, row.children[1].lang].join()))]")
    same(langs, ["zh,en"], "the languages of both sides")


def test_without_scripts(bench):
    """Without scripts the pairs are there all the same."""
    with Browser() as browser:
        browser.devtools("Emulation.setScriptExecutionDisabled", value=True)
        browser.open(bench.folder / "again.html")
        browser.devtools("Emulation.setScriptExecutionDisabled", value=False)
        rows = browser.run("return [document.querySelectorAll('.u').length, document.querySelector('.panel'), document.querySelector('.u p').checkVisibility()]")
        assert rows[0] > 900 and rows[1] is None and rows[2], rows


def measure(bench, browser):
    zh, en = texts.sides(10_000)
    bench.file("ten.zh.txt", zh)
    bench.file("ten.en.txt", en)
    bench.run("align", "--sentences", "ten.zh.txt", "ten.en.txt", "-o", "ten.html")
    took = []
    for _ in range(3):
        begin = time.monotonic()
        browser.open(bench.folder / "ten.html")
        ready = browser.run("return document.querySelectorAll('.panel dd').length") > 0
        assert ready
        took.append(time.monotonic() - begin)
    paint = browser.run("return performance.getEntriesByName('first-contentful-paint')[0].startTime")
    size = (bench.folder / "ten.html").stat().st_size
    begin = time.monotonic()
    browser.keys("Tab")
    browser.run("document.querySelectorAll('.u')[5000].scrollIntoView()")
    at(browser, 5000)
    browser.keys("m")
    same(browser.run(SAID), "Merged.", "merging among ten thousand")
    change = time.monotonic() - begin
    print(f"10,000 pairs, {size / 1e6:.1f} MB: open in {min(took):.2f} s (best of 3), first paint after {paint / 1000:.2f} s; "
          f"going to the middle and merging took {change:.2f} s")


def pictures(bench, folder):
    """What a person should look at once in a while."""
    for name, dark, size in (("light", False, (1280, 900)), ("dark", True, (1280, 900)), ("narrow", False, (500, 900))):
        with Browser(dark=dark, size=size) as browser:
            browser.open(bench.folder / "big.html")
            at(browser, 16)
            browser.keys("m", "Space", "ArrowDown", "u", "ArrowDown")
            browser.picture(folder / f"{name}.png")
            if name == "light":
                browser.pdf(folder / "print.pdf")
                browser.open(bench.folder / "hostile.html")
                browser.picture(folder / "hostile.png")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", help="the release binary")
    parser.add_argument("--pictures", type=Path, help="a folder for screenshots")
    arguments = parser.parse_args()
    if arguments.pictures:
        arguments.pictures.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="duizhao-review-") as folder:
        bench = Bench(arguments.program, folder)
        zh, en = texts.sides(1000)
        bench.file("big.zh.txt", zh)
        bench.file("big.en.txt", en)
        bench.run("align", "--sentences", "big.zh.txt", "big.en.txt", "-o", "big.html")
        with Browser() as browser:
            browser.open(bench.folder / "big.html")
            tests = [test_untouched, test_records, test_keyboard, test_mouse, test_find, test_marks, test_reload]
            for test in tests:
                test(*([bench, browser] if test in (test_untouched, test_records) else [browser]))
                print(f"ok: {test.__doc__.splitlines()[0]}", flush=True)
            lines = test_exports(bench, browser)
            print("ok: exports are what the program writes", flush=True)
            test_round_trip(bench, browser, lines)
            print("ok: marked pairs come back as they were", flush=True)
            test_contrast(browser)
            print("ok: contrast, names, languages", flush=True)
            test_hostile(bench, browser)
            print("ok: nothing of a hostile article acts", flush=True)
            measure(bench, browser)
        test_without_scripts(bench)
        test_chinese(bench, arguments.pictures)
        print("ok: without scripts, and in Chinese", flush=True)
        if arguments.pictures:
            pictures(bench, arguments.pictures)
    print("The review page holds.")


if __name__ == "__main__":
    main()
