"""A browser driven by WebDriver (W3C), with nothing but the standard library: chromedriver and a headless Chromium."""

import base64
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

CHROMIUM = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
KEYS = {
    "Enter": "\ue007", "Escape": "\ue00c", "Space": " ", "ArrowUp": "\ue013", "ArrowDown": "\ue015", "ArrowLeft": "\ue012",
    "ArrowRight": "\ue014", "Home": "\ue011", "End": "\ue010", "Tab": "\ue004", "Shift": "\ue008", "Control": "\ue009",
}


def found():
    """The two programs, or None where one is missing."""
    chromium = next((path for path in map(shutil.which, CHROMIUM) if path), None)
    driver = shutil.which("chromedriver") or shutil.which("chromium.chromedriver")
    return (chromium, driver) if chromium and driver else None


class Browser:
    """A session; use it with `with`."""

    def __init__(self, dark=False, size=(1280, 900), language="en-GB"):
        programs = found()
        if not programs:
            raise SystemExit("Chromium and chromedriver are needed: apt-get install chromium chromium-driver")
        self.folder = tempfile.mkdtemp(prefix="duizhao-browser-")
        self.downloads = Path(self.folder, "downloads")
        self.downloads.mkdir()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.process = subprocess.Popen([programs[1], f"--port={port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.base = f"http://127.0.0.1:{port}"
        arguments = ["--headless=new", "--no-first-run", "--disable-gpu", f"--user-data-dir={self.folder}/profile",
                     f"--window-size={size[0]},{size[1]}", f"--lang={language}", f"--accept-lang={language}"]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            # Chromium's sandbox does not start for root.
            arguments.append("--no-sandbox")
        options = {"binary": programs[0], "args": arguments, "prefs": {"intl.accept_languages": language}}
        wanted = {"browserName": "chrome", "goog:chromeOptions": options, "unhandledPromptBehavior": "ignore",
                  "goog:loggingPrefs": {"performance": "ALL", "browser": "ALL"}}
        for attempt in range(100):
            try:
                answer = self.call("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})
                break
            except urllib.error.URLError:
                if attempt == 99:
                    raise
                time.sleep(0.1)
        self.base += f"/session/{answer['sessionId']}"
        self.devtools("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(self.downloads))
        self.colours(dark)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self.call("DELETE", "")
        finally:
            self.process.terminate()
            self.process.wait()
            shutil.rmtree(self.folder, ignore_errors=True)

    def call(self, method, path, body=None):
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(self.base + path, data, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise RuntimeError(json.load(error)["value"]["message"]) from None

    def devtools(self, command, **parameters):
        return self.call("POST", "/goog/cdp/execute", {"cmd": command, "params": parameters})

    def colours(self, dark):
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.devtools("Emulation.setEmulatedMedia", features=[scheme])

    def open(self, path):
        self.call("POST", "/url", {"url": Path(path).resolve().as_uri()})

    def reload(self):
        self.call("POST", "/refresh", {})

    def run(self, script, *arguments):
        """Runs the body of a function in the page."""
        return self.call("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def find(self, css, number=0):
        elements = self.call("POST", "/elements", {"using": "css selector", "value": css})
        if len(elements) <= number:
            raise AssertionError(f"the page has no {css} number {number}")
        return elements[number]

    def click(self, css, number=0):
        element = self.find(css, number)
        self.call("POST", f"/element/{element[ELEMENT]}/click", {})

    def click_at(self, css, x, y):
        """Clicks a point of an element, counted from its upper left corner."""
        frame = self.run("const f = document.querySelector(arguments[0]).getBoundingClientRect(); return [f.left, f.top]", css)
        point = {"x": round(frame[0] + x), "y": round(frame[1] + y)}
        moves = [{"type": "pointerMove", "duration": 0, **point}, {"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]
        self.call("POST", "/actions", {"actions": [{"type": "pointer", "id": "mouse", "actions": moves}]})

    def double_click(self, css, number=0):
        element = self.find(css, number)
        press = [{"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]
        moves = [{"type": "pointerMove", "duration": 0, "x": 0, "y": 0, "origin": element}, *press, *press]
        self.call("POST", "/actions", {"actions": [{"type": "pointer", "id": "mouse", "actions": moves}]})

    def keys(self, *keys):
        """Presses keys one after the other; `Control+z` holds the first down."""
        actions = []
        for key in keys:
            parts = [KEYS.get(part, part) for part in (key.split("+") if len(key) > 1 else [key])]
            actions += [{"type": "keyDown", "value": part} for part in parts]
            actions += [{"type": "keyUp", "value": part} for part in reversed(parts)]
        self.call("POST", "/actions", {"actions": [{"type": "key", "id": "keyboard", "actions": actions}]})

    def type(self, text):
        actions = [{"type": kind, "value": c} for c in text for kind in ("keyDown", "keyUp")]
        self.call("POST", "/actions", {"actions": [{"type": "key", "id": "keyboard", "actions": actions}]})

    def log(self, kind):
        return self.call("POST", "/se/log", {"type": kind})

    def requests(self):
        """The addresses that the page has asked for since the last call."""
        events = [json.loads(entry["message"])["message"] for entry in self.log("performance")]
        return [e["params"]["request"]["url"] for e in events if e["method"] == "Network.requestWillBeSent"]

    def dialog(self):
        """The text of an open dialog, or None."""
        try:
            return self.call("GET", "/alert/text")
        except RuntimeError:
            return None

    def file(self, name, timeout=20):
        """A file that the page has handed out, taken from the folder."""
        path = self.downloads / name
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            if path.exists() and not list(self.downloads.glob("*.crdownload")):
                content = path.read_bytes()
                path.unlink()
                return content
            time.sleep(0.05)
        raise AssertionError(f"{name} was not handed out; there is {os.listdir(self.downloads)}")

    def picture(self, path):
        Path(path).write_bytes(base64.b64decode(self.call("GET", "/screenshot")))

    def pdf(self, path):
        options = {"printBackground": True, "paperWidth": 8.27, "paperHeight": 11.69}
        Path(path).write_bytes(base64.b64decode(self.devtools("Page.printToPDF", **options)["data"]))
