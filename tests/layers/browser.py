"""A headless Chromium, driven over chromedriver's plain HTTP protocol: what a reader of a web page sees and does."""

from __future__ import annotations

import base64
import json
import shutil
import socket
import subprocess
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")

MISSING = "" if CHROMIUM and DRIVER else "chromium and chromedriver are not installed"

SWITCHES = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--host-resolver-rules=MAP * ~NOTFOUND",  # there is no network
)

KEYS = {"tab": "\ue004", "enter": "\ue007", "escape": "\ue00c", "space": " "}


class Browser:
    """One window. Leaves nothing running after `close`."""

    def __init__(self, folder: Path, size: tuple[int, int] = (1366, 768)) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        assert DRIVER is not None
        self._open = urllib.request.build_opener(urllib.request.ProxyHandler({})).open
        self._process = subprocess.Popen(
            [DRIVER, f"--port={port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self._address = f"http://127.0.0.1:{port}"
        try:
            self._wait_for_driver()
            chrome = {
                "binary": CHROMIUM,
                "args": [*SWITCHES, f"--window-size={size[0]},{size[1]}", f"--user-data-dir={folder / 'profile'}"],
                "perfLoggingPrefs": {"enableNetwork": True, "enablePage": False},
            }
            logs = {"browser": "ALL", "performance": "ALL"}
            wanted = {"browserName": "chrome", "goog:chromeOptions": chrome, "goog:loggingPrefs": logs}
            made = self._send("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})
            self._address += f"/session/{made['sessionId']}"
            metrics = {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": False}
            self.command("Emulation.setDeviceMetricsOverride", metrics)
        except BaseException:
            self._process.kill()
            self._process.wait()
            raise

    def close(self) -> None:
        try:
            self._send("DELETE", "", None)
        finally:
            self._process.terminate()
            self._process.wait(10)

    def _wait_for_driver(self) -> None:
        """Asks until the driver answers; each refused attempt returns at once, so it ends with the process."""
        while self._process.poll() is None:
            try:
                if self._send("GET", "/status", None)["ready"]:
                    return
            except OSError:
                continue
        raise OSError(f"{DRIVER} ended")

    def _send(self, method: str, path: str, body: Any) -> Any:
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(self._address + path, data, headers, method=method)
        try:
            with self._open(request, timeout=60) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise AssertionError(json.load(error)["value"]["message"]) from None

    def open(self, file: Path) -> None:
        self._send("POST", "/url", {"url": file.resolve().as_uri()})

    def run(self, script: str, *arguments: Any) -> Any:
        """What a script returns in the page; a promise is waited for."""
        return self._send("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def command(self, name: str, parameters: dict[str, Any]) -> Any:
        """A command of Chromium's own protocol."""
        return self._send("POST", "/goog/cdp/execute", {"cmd": name, "params": parameters})

    def move(self, x: float, y: float) -> None:
        """The pointer to a position in the window."""
        self._act([{"type": "pointerMove", "x": round(x), "y": round(y), "duration": 0}])

    def click(self, x: float, y: float) -> None:
        move = {"type": "pointerMove", "x": round(x), "y": round(y), "duration": 0}
        self._act([move, {"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}])

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        moves = [{"type": "pointerMove", "x": round(x), "y": round(y), "duration": 0} for x, y in (start, end)]
        self._act([moves[0], {"type": "pointerDown", "button": 0}, moves[1], {"type": "pointerUp", "button": 0}])

    def _act(self, actions: Sequence[dict[str, Any]]) -> None:
        pointer = {"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": list(actions)}
        self._send("POST", "/actions", {"actions": [pointer]})

    def wheel(self, x: float, y: float, by: int) -> None:
        scroll = {"type": "scroll", "x": round(x), "y": round(y), "deltaX": 0, "deltaY": by, "duration": 0}
        self._send("POST", "/actions", {"actions": [{"type": "wheel", "id": "wheel", "actions": [scroll]}]})

    def press(self, *keys: str) -> None:
        """Keys one after the other: names of KEYS, or characters."""
        downs = [{"type": kind, "value": KEYS.get(key, key)} for key in keys for kind in ("keyDown", "keyUp")]
        self._send("POST", "/actions", {"actions": [{"type": "key", "id": "keyboard", "actions": downs}]})

    def log(self, kind: str) -> list[dict[str, Any]]:
        """What has come since the last call: `browser` (console) or `performance` (network) messages."""
        found: list[dict[str, Any]] = self._send("POST", "/se/log", {"type": kind})
        return found

    def requests(self) -> list[str]:
        """The addresses asked for since the last call, but for data in the page and the browser's own first page."""
        messages = [json.loads(entry["message"])["message"] for entry in self.log("performance")]
        urls = [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]
        return [url for url in urls if not url.startswith(("data:", "chrome:"))]

    def picture(self, file: Path) -> None:
        file.write_bytes(base64.b64decode(self._send("GET", "/screenshot", None)))

    def printed(self) -> bytes:
        """The page as a PDF, as its print style lays it out."""
        made = self._send("POST", "/print", {"shrinkToFit": False, "background": True, "orientation": "landscape"})
        return base64.b64decode(made)
