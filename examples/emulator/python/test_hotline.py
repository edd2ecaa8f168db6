import json
import os
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.request import Request, urlopen

import pytest


class Emulator:
    def __init__(self, url):
        self.url = url

    def control(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"}
        with urlopen(Request(f"{self.url}/emulator/{path}", data, headers, method=method)) as answer:
            return json.loads(answer.read() or "null")


@pytest.fixture
def vonage():
    """An account of its own for each test, on a free port. It takes a fraction of a second."""
    program = os.environ.get("VONAGE_EMULATOR", "vonage-emulator")
    with subprocess.Popen([program, "-listen", "127.0.0.1:0"], stdout=subprocess.PIPE, text=True) as process:
        yield Emulator(json.loads(process.stdout.readline())["url"])
        process.terminate()


class Hotline(BaseHTTPRequestHandler):
    """Stands for your own webhook server."""

    def do_GET(self):
        ncco = [{"action": "connect", "endpoint": [{"type": "phone", "number": "447700900222"}]}]
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(ncco).encode())


@pytest.fixture
def hotline():
    with HTTPServer(("127.0.0.1", 0), Hotline) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/answer"
        server.shutdown()


def test_the_caller_is_connected(vonage, hotline):
    webhooks = {"answer_url": {"address": hotline, "http_method": "GET"}}
    vonage.control("POST", "seed", {
        "applications": {"hotline": {"capabilities": {"voice": {"webhooks": webhooks}}}},
        "numbers": {"GB/447700900001": {"features": ["VOICE"], "app_id": "hotline"}},
    })

    vonage.control("POST", "calls", {"from": "447700900111", "to": "447700900001", "answered": True})

    assert [delivery["status"] for delivery in vonage.control("GET", "webhooks")] == [200]
    assert [leg["status"] for leg in vonage.control("GET", "calls")] == ["answered", "answered"]
