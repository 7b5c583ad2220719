"""A headless Chromium, led through pages by its DevTools protocol."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from tornado.websocket import WebSocketClientConnection, websocket_connect

from azpak.bench.checkout import BenchError

__all__ = ["Browser", "Tab", "chromium", "started"]

NAMES = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome",
    "chromium-headless-shell",
)  # fmt: skip
PATIENCE = 60  # seconds for the browser to start, or a page to load
QUIET = 0.7  # seconds without a request, after which a page has loaded

# Sums the shifts of layout that no reader caused.
SHIFTS = """
window.benchShift = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    if (!entry.hadRecentInput) window.benchShift += entry.value;
  }
}).observe({type: "layout-shift", buffered: true});
"""


def chromium() -> str | None:
    """Return the browser of this machine; the variable ``CHROMIUM`` names another one."""
    named = os.environ.get("CHROMIUM")
    return named or next((path for name in NAMES if (path := shutil.which(name))), None)


class Browser:
    """The connection to a browser."""

    def __init__(self, connection: WebSocketClientConnection) -> None:
        self._connection = connection
        self._number = 0
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._tabs: dict[str, Tab] = {}
        self._listening = asyncio.ensure_future(self._listen())

    async def call(self, method: str, session: str = "", **parameters: Any) -> dict[str, Any]:
        """Call a method of the protocol and return its result."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        answer = self._answers[self._number] = asyncio.get_running_loop().create_future()
        await self._connection.write_message(
            json.dumps(message | ({"sessionId": session} if session else {}))
        )
        return await asyncio.wait_for(answer, PATIENCE)

    async def _listen(self) -> None:
        while (text := await self._connection.read_message()) is not None:
            message = json.loads(text)
            if "id" in message:
                answer = self._answers.pop(message["id"])
                if "error" in message:
                    answer.set_exception(BenchError(f"the browser: {message['error']['message']}"))
                else:
                    answer.set_result(message["result"])
            elif message.get("sessionId") in self._tabs:
                self._tabs[message["sessionId"]].heard(message["method"], message["params"])

    @asynccontextmanager
    async def visitor(self) -> AsyncIterator[Tab]:
        """Yield a tab of somebody who has never been here."""
        context = (await self.call("Target.createBrowserContext"))["browserContextId"]
        target = await self.call("Target.createTarget", url="about:blank", browserContextId=context)
        attached = await self.call(
            "Target.attachToTarget", targetId=target["targetId"], flatten=True
        )
        tab = self._tabs[attached["sessionId"]] = Tab(self, attached["sessionId"])
        await tab.prepare()
        try:
            yield tab
        finally:
            del self._tabs[attached["sessionId"]]
            await self.call("Target.disposeBrowserContext", browserContextId=context)


class Tab:
    """One tab.

    Attributes
    ----------
    said
        What pages wrote to the console, warnings and errors alone.
    """

    def __init__(self, browser: Browser, session: str) -> None:
        self.said: list[str] = []
        self._browser, self._session = browser, session
        self._loaded = asyncio.Event()

    async def prepare(self) -> None:
        """Set the size of the window and listen."""
        for domain in ("Page", "Runtime", "Log"):
            await self._call(f"{domain}.enable")
        size = {"width": 1280, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        await self._call("Emulation.setDeviceMetricsOverride", **size)
        await self._call("Page.addScriptToEvaluateOnNewDocument", source=SHIFTS)

    async def open(self, address: str, busy) -> float:
        """Open a page, wait until it asks for nothing more; return the shift of its layout."""
        self._loaded.clear()
        await self._call("Page.navigate", url=address)
        await asyncio.wait_for(self._loaded.wait(), PATIENCE)
        quiet = 0.0
        while quiet < QUIET:
            await asyncio.sleep(0.1)
            quiet = 0.0 if busy() else quiet + 0.1
        result = await self._call("Runtime.evaluate", expression="window.benchShift")
        return float(result["result"].get("value", 0))

    def heard(self, method: str, told: dict[str, Any]) -> None:
        """Take note of what the browser tells."""
        if method == "Page.loadEventFired":
            self._loaded.set()
        elif method == "Runtime.exceptionThrown":
            self.said.append(told["exceptionDetails"]["text"])
        elif method == "Runtime.consoleAPICalled" and told["type"] in ("warning", "error"):
            self.said.append(" ".join(str(a.get("value", "")) for a in told["args"]))
        elif method == "Log.entryAdded" and told["entry"]["level"] in ("warning", "error"):
            self.said.append(told["entry"]["text"])

    async def _call(self, method: str, **parameters: Any) -> dict[str, Any]:
        return await self._browser.call(method, self._session, **parameters)


@asynccontextmanager
async def started(program: str) -> AsyncIterator[Browser]:
    """Start a browser and yield the connection to it."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        options = ["--headless=new", "--remote-debugging-port=0", f"--user-data-dir={profile}",
                   "--no-first-run", "--disable-background-networking", "--disable-sync",
                   "--disable-component-update", "--disable-gpu", "--disable-dev-shm-usage",
                   # The shell loads pictures as far ahead as Chromium does on a fast line.
                   "--blink-settings=lazyLoadingImageMarginPxUnknown=1250",
                   "--no-proxy-server"]  # fmt: skip
        options += ["--no-sandbox"] if os.geteuid() == 0 else []
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        process = subprocess.Popen([program, *options, "about:blank"], **quiet)
        try:
            address = await _address(Path(profile) / "DevToolsActivePort", process)
            connection = await websocket_connect(address, max_message_size=2**28)
            yield Browser(connection)
            connection.close()
        finally:
            process.terminate()
            process.wait()


async def _address(file: Path, process: subprocess.Popen[bytes]) -> str:
    for _ in range(10 * PATIENCE):
        if process.poll() is not None:
            raise BenchError(f"the browser ended at once, with code {process.returncode}")
        if file.is_file() and len(lines := file.read_text().splitlines()) == 2:
            return f"ws://127.0.0.1:{lines[0]}{lines[1]}"
        await asyncio.sleep(0.1)
    raise BenchError("the browser did not start")
