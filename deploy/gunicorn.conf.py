"""The web server: two processes of eight threads, so that slow downloads do not keep readers waiting."""

import socket
import sys
from pathlib import Path

import gunicorn.http.wsgi
import gunicorn.util

# This file is read before gunicorn goes to the folder of the project.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from veiligheid import voordeur

# No product name or version in the answers.
gunicorn.http.wsgi.SERVER = "veiligheid"


def write_error(sock: socket.socket, status_int: int, reason: str, mesg: str) -> None:
    """Answer a request that never reaches the site as the site would; gunicorn's own page repeats what was sent."""
    gunicorn.util.write_nonblock(sock, voordeur.antwoord(status_int))


gunicorn.util.write_error = write_error

workers = 2
threads = 8
worker_class = "gthread"
timeout = 60
graceful_timeout = 10
max_requests = 2000
max_requests_jitter = 200
# Nobody steers the server through a socket in a home folder, which may be read-only.
control_socket_disable = True
# Every request has its own JSON line (veiligheid.middleware.verzoeklog); gunicorn's messages take the same form.
accesslog = None
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "veiligheid.logregels.JsonRegel"}},
    "handlers": {"stdout": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "json"}},
    "root": {"handlers": ["stdout"], "level": "INFO"},
    "loggers": {
        "gunicorn.error": {"handlers": ["stdout"], "level": "INFO", "propagate": False},
        "gunicorn.access": {"handlers": [], "propagate": False},
    },
}
