"""A real installation for the journeys: bin/serve's own program, its worker and its SQLite."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import Error as PageError
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = os.environ.get("LMS_CHROMIUM", "/usr/bin/chromium")
PASSWORD = "demo-2026-yunying"
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


class Installation:
    """One running platform in a folder of its own."""

    def __init__(self, data):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.data, self.url = data, f"http://localhost:{self.port}"
        self.environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith(("DJANGO_", "CELERY_"))},
            "LMS_DATA": str(data),
            "LMS_DEMO": "1",
            "LMS_PUBLIC_URL": self.url,
            "LMS_LOG_LEVEL": "WARNING",
        }
        self.environment.pop("DATABASE_URL", None)
        self.process = None

    def start(self, *options):
        command = [sys.executable, "-m", "lms.serve", "--port", str(self.port), *options]
        self.process = subprocess.Popen(command, cwd=ROOT, env=self.environment)
        self.wait_until_ready()

    def wait_until_ready(self, seconds=600):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            assert self.process.poll() is None, "bin/serve ended before it was ready"
            try:
                with urllib.request.urlopen(f"{self.url}/readyz", timeout=5) as answer:
                    if answer.status == 200:
                        return
            except (OSError, urllib.error.HTTPError):
                pass
            time.sleep(0.5)
        raise AssertionError("the platform did not become ready")

    def stop(self):
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(40)
        return self.process.returncode

    def run(self, script):
        """Run a few lines inside the installation, for what no screen is for."""
        done = subprocess.run(
            [sys.executable, "manage.py", "shell", "-v0", "-c", script],
            cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def manage(self, *command):
        done = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    made = Installation(tmp_path_factory.mktemp("installation"))
    try:
        made.start("--empty")
        yield made
    finally:
        made.stop()


class Person:
    """Somebody in a browser of their own."""

    def __init__(self, browser, url, *, width=1280, height=900):
        self.base = url
        self.context = browser.new_context(
            base_url=url, viewport={"width": width, "height": height}, locale="zh-CN",
            accept_downloads=True,
        )  # fmt: skip
        self.context.set_default_timeout(20_000)
        self.page = self.context.new_page()
        self.problems = []
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on(
            "response",
            lambda answer: (
                self.problems.append(f"{answer.status} {answer.url}")
                if answer.status >= 500
                else None
            ),
        )

    def sign_in(self, number, password=PASSWORD):
        self.page.goto("/accounts/login/")
        self.page.fill("input[name=login]", number)
        self.page.fill("input[name=password]", password)
        self.page.click("form[action='/accounts/login/'] button[type=submit]")
        self.page.wait_for_url(lambda url: "/accounts/login" not in url)
        return self

    def press(self, action, inside=""):
        """Send the form whose address ends so."""
        form = self.page.locator(f"form[action$='{action}']{inside}").first
        form.locator("button[type=submit], button:not([type])").first.click()
        self.page.wait_for_load_state()

    def fetch(self, address):
        """The bytes behind an address, with this person's session."""
        answer = self.context.request.get(address)
        assert answer.status == 200, f"{answer.status} {address}"
        return answer.body()

    def reload_until(self, selector, seconds=60):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.page.locator(selector).count():
                return self.page.locator(selector).first
            time.sleep(0.5)
            with contextlib.suppress(PageError):  # the page of a job reloads itself when it ends
                self.page.reload()
        raise AssertionError(f"{selector} did not appear at {self.page.url}")

    def close(self):
        self.context.close()
        assert self.problems == []


@pytest.fixture
def person(browser, installation):
    made = []

    def open_browser(**options):
        made.append(Person(browser, installation.url, **options))
        return made[-1]

    yield open_browser
    for one in made:
        one.context.close()
