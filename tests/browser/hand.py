"""A reader's hands and eyes: Debian's Chromium, driven. All of it blocks."""

from __future__ import annotations

from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

PATIENCE = 60  # seconds: more than a machine full of other work needs for a picture
STALE = [StaleElementReferenceException]  # drawn anew while it was looked at
QUIET = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
]


class Browser:
    def __init__(self, folder):
        options = webdriver.ChromeOptions()
        for argument in [*QUIET, f"--user-data-dir={folder}"]:
            options.add_argument(argument)
        options.binary_location = "/usr/bin/chromium"
        self.driver = webdriver.Chrome(
            options=options, service=webdriver.ChromeService("/usr/bin/chromedriver")
        )
        self.driver.set_script_timeout(PATIENCE)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.driver.quit()

    def size(self, width, height=800, *, sharp=1):
        size = {"width": width, "height": height, "deviceScaleFactor": sharp, "mobile": width < 500}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)

    def light(self, *, dark=False):
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        still = {"name": "prefers-reduced-motion", "value": "reduce"}
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme, still]})

    def look(self, url, *, width=1200, height=800, dark=False, shows=".phone"):
        self.size(width, height)
        self.light(dark=dark)
        self.driver.get(url)
        self.until(shows)

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def until(self, selector, text="", within=None):
        """The first that is seen and says this."""

        def found(_):
            near = within or self.driver
            seen = near.find_elements(By.CSS_SELECTOR, selector)
            return next((e for e in seen if e.is_displayed() and text in e.text), None)

        wait = WebDriverWait(self.driver, PATIENCE, ignored_exceptions=STALE)
        return wait.until(found, f"{selector} {text!r} was never seen")

    def until_not(self, selector, text):
        """Waits for it to say something else, or nothing."""
        wait = WebDriverWait(self.driver, PATIENCE * 3, ignored_exceptions=STALE)
        wait.until_not(lambda _: any(text in e.text for e in self.all(selector)), f"{text!r} stays")

    def gone(self, selector, text="", within=None):
        """Waits until none is seen that says this."""

        def away(_):
            near = within or self.driver
            seen = near.find_elements(By.CSS_SELECTOR, selector)
            return not any(e.is_displayed() and text in e.text for e in seen)

        wait = WebDriverWait(self.driver, PATIENCE, ignored_exceptions=STALE)
        return wait.until(away, f"{selector} {text!r} stays")

    def press(self, selector, text=""):
        self.until(selector, text).click()

    def type(self, text, within=None):
        self.until(".composer textarea", within=within).send_keys(text, Keys.ENTER)

    def run(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def fetched(self, address):
        """What the page's own server says, as JSON."""
        script = "const done = arguments[1]; fetch(arguments[0]).then((a) => a.json()).then(done)"
        return self.driver.execute_async_script(script, address)

    def posted(self, address, body):
        script = """const [address, body, done] = arguments;
            const headers = { "Content-Type": "application/json" };
            fetch(address, { method: "POST", headers, body: JSON.stringify(body) }).then((a) => done(a.status))"""
        return self.driver.execute_async_script(script, address, body)

    def width(self):
        return self.run(
            "return Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)"
        )
