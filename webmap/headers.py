"""Send the headers that keep a page to our own scripts, styles and tiles."""

from http import HTTPStatus

from flask import Flask, Response, request

NAMED_BY_CONTENT = "/static/build/"
"""Files here carry a hash of what they hold in their names, so that they never change."""

SOURCES = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}

HEADERS = {
    "Content-Security-Policy": "; ".join(f"{kind} {value}" for kind, value in SOURCES.items()),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(self), camera=(), microphone=()",
}


READ_BY = ("Accept-Language", "Cookie")
"""What makes a page read differently: its reader's language, and whether they work here."""


def init_app(app: Flask) -> None:
    """Add the headers to every answer that does not set its own."""

    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if request.path.startswith(NAMED_BY_CONTENT) and response.status_code == HTTPStatus.OK:
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        if (
            "Cache-Control" not in response.headers
        ):  # else a cache between us may keep it as it likes
            response.headers["Cache-Control"] = "no-cache"
            if response.mimetype == "text/html":
                response.vary.update(READ_BY)
        return response
