#!/usr/bin/env python3
"""Look at the pages of a report in a browser without a window: Chromium, spoken to over a pipe.

    python3 reports/browse.py PAGE... [--axe FILE | --install] [--pictures DIR] [--picture FILE]

Of each page it is asked, and said where it is not so:

    quiet      nothing is written to the console, no dialog opens, nothing is requested but the page itself
    keys       `j` reaches every finding in its order and `k` goes back; what is reached is in view and shows that it is
    tab        Tab reaches something in every finding and comes to the end; what has the focus shows it
    width      nothing makes the page scroll sideways, at 1280 and at 320 pixels
    axe        axe-core finds no violation: light, dark, and at 320 pixels, with all folds open
    direction  the page runs from left to right, and no character in it turns the direction

`--pictures` keeps pictures of each page (desktop, dark, phone) and its print as PDF; `--picture` keeps one of the first
finding, as the README shows it. axe-core is a file of its own (`axe.min.js`); `--install` has npm fetch it, and where that
is not possible the rest is looked at without it. Leaves with 1 when something is not so, and says `skipped` where there is
no Chromium or it does not start.
"""

import argparse
import base64
import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROGRAMS = ["chromium", "chromium-browser", "google-chrome", "chrome"]
# Controls that turn the direction of text (Unicode Standard Annex 9, section 2).
TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"


class Browser:
    """A Chromium with one tab."""

    def __init__(self, program, folder):
        read, self.write = os.pipe()
        self.read, write = os.pipe()
        os.set_inheritable(read, True)
        os.set_inheritable(write, True)
        flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
                 "--disable-component-update", "--disable-sync", "--hide-scrollbars", "--force-color-profile=srgb",
                 f"--user-data-dir={folder}", "--remote-debugging-pipe", "about:blank"]
        # The browser reads from its descriptor 3 and writes to 4; the shell puts the pipes there.
        start = f'exec "$0" "$@" 3<&{read} 4>&{write}'
        self.process = subprocess.Popen(["sh", "-c", start, program, *flags], pass_fds=(read, write), stderr=subprocess.DEVNULL)
        os.close(read)
        os.close(write)
        self.last, self.session, self.buffer, self.events = 0, None, b"", []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ["Page", "Runtime", "Log", "Network"]:
            self.call(f"{domain}.enable")

    def message(self, until):
        """The next message, or nothing when it is late."""
        while b"\0" not in self.buffer:
            if not select.select([self.read], [], [], max(0.0, until - time.monotonic()))[0]:
                return None
            more = os.read(self.read, 1 << 20)
            if not more:
                raise RuntimeError("the browser has ended")
            self.buffer += more
        text, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(text)

    def call(self, method, **parameters):
        self.last += 1
        request = {"id": self.last, "method": method, "params": parameters}
        if self.session:
            request["sessionId"] = self.session
        data = json.dumps(request).encode() + b"\0"
        while data:
            data = data[os.write(self.write, data[: 1 << 16]):]
        until = time.monotonic() + 60
        while message := self.message(until):
            if message.get("id") == self.last:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']['message']}")
                return message["result"]
            self.events.append(message)
        raise RuntimeError(f"{method}: no answer")

    def settle(self, seconds):
        until = time.monotonic() + seconds
        while message := self.message(until):
            self.events.append(message)

    def open(self, path):
        self.events.clear()
        self.call("Page.navigate", url=path.resolve().as_uri())
        until = time.monotonic() + 60
        while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            message = self.message(until)
            if message is None:
                raise RuntimeError("the page does not load")
            self.events.append(message)
        self.settle(0.5)

    def ask(self, script):
        answer = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"].get("exception", {}).get("description", "a script failed"))
        return answer["result"].get("value")

    def key(self, key, shift=False):
        names = {"Tab": ("Tab", 9, "")}
        code, number, text = names.get(key, (f"Key{key.upper()}", ord(key.upper()[0]), key))
        common = {"key": key, "code": code, "windowsVirtualKeyCode": number, "modifiers": 8 * shift}
        self.call("Input.dispatchKeyEvent", type="keyDown" if text else "rawKeyDown", text=text, **common)
        self.call("Input.dispatchKeyEvent", type="keyUp", **common)

    def size(self, width, height=900, scale=1):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=scale, mobile=width < 500)

    def media(self, scheme="light"):
        # Movement is reduced, so that what is reached is there at once.
        features = {"prefers-color-scheme": scheme, "prefers-reduced-motion": "reduce"}
        self.call("Emulation.setEmulatedMedia", features=[{"name": name, "value": value} for name, value in features.items()])

    def picture(self, path, **clip):
        parameters = {"format": "png", "captureBeyondViewport": bool(clip)}
        if clip:
            parameters["clip"] = clip | {"scale": 1}
        path.write_bytes(base64.b64decode(self.call("Page.captureScreenshot", **parameters)["data"]))

    def print(self, path):
        answer = self.call("Page.printToPDF", preferCSSPageSize=True, printBackground=True)
        path.write_bytes(base64.b64decode(answer["data"]))

    def end(self):
        self.session = None
        try:
            self.call("Browser.close")
        except (RuntimeError, OSError):
            pass
        self.process.wait(20)


def quiet(browser, path):
    """What the page wrote, opened or requested."""
    for event in browser.events:
        method, parameters = event.get("method", ""), event.get("params", {})
        if method in ["Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded", "Page.javascriptDialogOpening"]:
            yield f"{method}: {json.dumps(parameters)[:300]}"
        if method == "Network.requestWillBeSent":
            address = parameters["request"]["url"]
            if not address.startswith("data:") and address.split("#")[0] != path.resolve().as_uri():
                yield f"requests {address[:200]}"


VISIBLE = """(element) => {
    const own = getComputedStyle(element), shadow = own.boxShadow !== "none";
    const line = own.outlineStyle !== "none" && parseFloat(own.outlineWidth) >= 1;
    const box = element.getBoundingClientRect();
    return (line || shadow) && box.bottom > 0 && box.top < innerHeight && box.width > 0;
}"""


def keys(browser):
    """The findings that `j` and `k` do not reach in their order, or reach without showing it."""
    cards = browser.ask("[...document.querySelectorAll('article.card')].map((card) => card.id)")
    state = f"""(() => {{
        const card = document.activeElement.closest("article.card");
        return card && {{ id: card.id, shown: ({VISIBLE})(card), current: document.querySelectorAll(".current").length }};
    }})()"""
    for key, order in [("j", cards), ("k", cards[-2::-1])]:
        for wanted in order:
            browser.key(key)
            reached = browser.ask(state)
            if not reached or reached["id"] != wanted or not reached["shown"] or reached["current"] != 1:
                yield f"{key} reaches {reached} instead of {wanted}"


def tab(browser):
    """The findings that Tab does not reach, and what it reaches without showing it."""
    browser.ask("document.activeElement.blur(); scrollTo(0, 0); getSelection().collapse(document.body, 0)")
    cards = set(browser.ask("[...document.querySelectorAll('article.card')].map((card) => card.id)"))
    state = f"""(() => {{
        const element = document.activeElement;
        if (element === document.body) return null;
        window.walked = window.walked || [];
        const again = window.walked.includes(element);
        window.walked.push(element);
        const card = element.closest("article.card");
        return {{ card: card && card.id, again, shown: ({VISIBLE})(element), what: element.outerHTML.slice(0, 120) }};
    }})()"""
    for _ in range(5000):
        browser.key("Tab")
        reached = browser.ask(state)
        if reached is None or reached["again"]:
            break
        cards.discard(reached["card"])
        if not reached["shown"]:
            yield f"the focus does not show on {reached['what']}"
    else:
        yield "Tab comes to no end"
    if cards:
        yield f"Tab does not reach {sorted(cards)}"


def width(browser, pixels):
    browser.size(pixels)
    browser.settle(0.2)
    wide, view = browser.ask("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    if wide > view:
        yield f"at {pixels} pixels the page is {wide} wide"


def axe(browser, source, what):
    browser.ask("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
    browser.ask(source + "; 0")
    found = browser.ask("""axe.run().then((result) => result.violations.map((one) =>
        [one.id, one.nodes.length, one.nodes[0].html.slice(0, 160), one.nodes[0].failureSummary].join(" | ")))""")
    for violation in found:
        yield f"axe, {what}: {violation}"


def direction(browser):
    text, turned = browser.ask("""[document.documentElement.outerHTML, [...document.querySelectorAll("body, body *")]
        .filter((one) => getComputedStyle(one).direction === "rtl" && one.tagName !== "BLOCKQUOTE").length]""")
    found = sorted({f"U+{ord(one):04X}" for one in text if one in TURNING})
    if found:
        yield f"characters that turn the direction: {', '.join(found)}"
    if turned:
        yield f"{turned} elements run from right to left"


def look(browser, path, source, pictures):
    """All that is not as it should be."""
    browser.media()
    browser.size(1280)
    browser.open(path)
    wrong = [*quiet(browser, path), *direction(browser), *keys(browser), *tab(browser)]
    for pixels in [1280, 320]:
        wrong += width(browser, pixels)
    if pictures:
        for name, pixels, scheme in [("desktop", 1280, "light"), ("dark", 1280, "dark"), ("phone", 390, "light")]:
            browser.media(scheme)
            browser.size(pixels)
            browser.open(path)
            height = min(12000, browser.ask("document.documentElement.scrollHeight"))
            browser.picture(pictures / f"{path.stem[:24]}-{name}.png", x=0, y=0, width=pixels, height=height)
        browser.media()
        browser.size(1280)
        browser.open(path)
        browser.print(pictures / f"{path.stem[:24]}.pdf")
    for what, pixels, scheme in [("light", 1280, "light"), ("dark", 1280, "dark"), ("320 pixels", 320, "light")]:
        if source:
            browser.media(scheme)
            browser.size(pixels)
            browser.open(path)
            wrong += axe(browser, source, what)
    wrong += quiet(browser, path)
    return wrong


def first_finding(browser, path, file):
    """A picture of the first finding of a page, down to its number line, as the README shows it."""
    browser.media()
    browser.size(1000)
    browser.open(path)
    top, bottom = browser.ask("""[document.querySelector("article.card"), document.querySelectorAll("article.card > section")[2]]
        .map((part) => part.getBoundingClientRect().top + scrollY)""")
    browser.picture(file, x=0, y=round(top) - 16, width=1000, height=round(bottom - top) + 16)


def axe_source(options):
    """The text of axe-core, or nothing and a word on it."""
    if options.axe:
        return options.axe.read_text(encoding="utf-8")
    if options.install and shutil.which("npm"):
        with tempfile.TemporaryDirectory() as folder:
            command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", folder, "axe-core@4"]
            try:
                subprocess.run(command, check=True, timeout=45, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                return (Path(folder) / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
            except (subprocess.SubprocessError, OSError):
                pass
    print("axe-core is not here: its rules were not looked at")
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("pages", nargs="+", type=Path)
    parser.add_argument("--axe", type=Path, help="axe.min.js")
    parser.add_argument("--install", action="store_true", help="have npm fetch axe-core")
    parser.add_argument("--pictures", type=Path, metavar="DIR")
    parser.add_argument("--picture", type=Path, metavar="FILE", help="only keep the picture of the first page's first finding")
    parser.add_argument("--browser", default=next(filter(None, map(shutil.which, PROGRAMS)), None))
    options = parser.parse_args()
    if not options.browser:
        print("skipped: there is no Chromium")
        return 0
    source = None if options.picture else axe_source(options)
    if options.pictures:
        options.pictures.mkdir(parents=True, exist_ok=True)
    well = True
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        try:
            browser = Browser(options.browser, folder)
        except (RuntimeError, OSError) as error:
            print(f"skipped: Chromium does not start here ({error})")
            return 0
        try:
            if options.picture:
                first_finding(browser, options.pages[0], options.picture)
                return 0
            for path in options.pages:
                wrong = look(browser, path, source, options.pictures)
                cards = browser.ask("document.querySelectorAll('article.card').length")
                print(f"{path.name}: {path.stat().st_size} bytes, {cards} findings: {'all well' if not wrong else ''}")
                for line in wrong:
                    print(f"    {line}")
                well &= not wrong
        finally:
            browser.end()
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
