"""Run a real OpenID Connect provider on loopback, and walk through its pages as somebody would."""

import fcntl
import json
import os
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import requests
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "tests" / "city"
BACK = "http://127.0.0.1:8000/sign-in/city/back"
CLIENT_ID, CLIENT_SECRET = "lotline", "a secret of the tests, forty signs long."
ACCOUNTS = {
    "7f3": {"email": "rivera@alder.example", "email_verified": True},
    "8a1": {"email": "rivera@alder.example", "email_verified": True},
    "9c4": {"email": "rivera@alder.example", "email_verified": False},
    "b02": {"email": "nobody@alder.example", "email_verified": True},
}
"""What the city tells of its people, by subject; two of them have had one address in turn."""


@dataclass(frozen=True)
class City:
    """A provider that runs, and the key it signs with."""

    issuer: str
    key: RSAKey

    @property
    def settings(self) -> dict[str, str]:
        """What Lotline is told of it."""
        return {
            "LOTLINE_OIDC_ISSUER": self.issuer,
            "LOTLINE_OIDC_CLIENT_ID": CLIENT_ID,
            "LOTLINE_OIDC_CLIENT_SECRET": CLIENT_SECRET,
            "LOTLINE_OIDC_NAME": "Sign in with your Alder account",
        }

    def signed(self, claims: dict[str, Any], *, key: Any = None, alg: str = "RS256") -> str:
        """Sign an ID token as the provider would, or with another key."""
        key = key or self.key
        kid = {"kid": self.key.kid} if self.key.kid else {}
        return jwt.encode({"alg": alg, **kid}, claims, key, algorithms=[alg])

    def read(self, token: str) -> dict[str, Any]:
        """Return what an ID token of the provider says."""
        return dict(jwt.decode(token, self.key).claims)

    def walk(self, address: str, *, name: str, consents: bool = True) -> str:
        """Sign in at the provider as somebody, and return the address it sends the browser to."""
        browser = requests.Session()
        for _ in range(12):
            answer = browser.get(address, allow_redirects=False, timeout=20)
            if answer.ok and not answer.is_redirect:
                answer = self._fill_in(browser, answer, name=name, consents=consents)
            address = urljoin(address, answer.headers["Location"])
            if address.startswith(BACK):
                return address
        raise AssertionError(address)

    def _fill_in(
        self, browser: requests.Session, page: requests.Response, *, name: str, consents: bool
    ) -> requests.Response:
        form = re.search(r'<form[^>]*action="([^"]+)"', page.text)
        prompt = re.search(r'name="prompt" value="([^"]+)"', page.text)
        assert form is not None, page.text
        assert prompt is not None, page.text
        if not consents:
            abort = re.search(r'href="([^"]+/abort)"', page.text)
            assert abort is not None, page.text
            return browser.get(urljoin(page.url, abort[1]), allow_redirects=False, timeout=20)
        said = {"prompt": prompt[1], "login": name, "password": "x"}
        return browser.post(
            urljoin(page.url, form[1]), data=said, allow_redirects=False, timeout=20
        )


@contextmanager
def running_city(folder: Path, *, back: str = BACK) -> Iterator[City]:
    """Run the provider till the tests are done; it sends browsers back to one address alone."""
    environ = _install()
    key = RSAKey.generate_key(2048, parameters={"use": "sig", "alg": "RS256"}, auto_kid=True)
    port = free_port()
    client = {
        "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET, "redirect_uris": [back],
    }  # fmt: skip
    environ |= {
        "PORT": str(port),
        "ACCOUNTS": json.dumps(ACCOUNTS),
        "CLIENTS": json.dumps([client]),
        "JWKS": json.dumps(KeySet([key]).as_dict(private=True)),
    }
    with (folder / "provider.log").open("w") as log:
        server = subprocess.Popen(
            ["node", "provider.mjs"], cwd=FOLDER, env=environ, stdout=subprocess.PIPE, stderr=log,
            text=True,
        )  # fmt: skip
        try:
            assert server.stdout is not None
            assert any("listening" in line for line in server.stdout), "the provider did not start"
            yield City(f"http://127.0.0.1:{port}", key)
        finally:
            server.terminate()
            server.communicate(timeout=20)


def free_port() -> int:
    """Return a port of loopback on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _install() -> dict[str, str]:
    """Install the provider as its lock says, once, and return an environment that has node."""
    environ = {**os.environ, "npm_config_update_notifier": "false"}
    if not _has_node(environ):
        environ["PATH"] = f"{ROOT / '.uv' / 'bin'}:{environ['PATH']}"  # where bootstrap puts one
    with (FOLDER / "package.json").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (FOLDER / "node_modules" / "oidc-provider").is_dir():
            words = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
            subprocess.run(words, cwd=FOLDER, env=environ, check=True, capture_output=True)
    return environ


def _has_node(environ: dict[str, str]) -> bool:
    if shutil.which("node") is None or shutil.which("npm") is None:
        return False
    told = subprocess.run(
        ["node", "--version"], env=environ, check=False, capture_output=True, text=True
    )
    return int(re.sub(r"\D.*", "", told.stdout.lstrip("v")) or 0) >= 20
