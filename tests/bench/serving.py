"""Requests a second, beside nginx serving the same bytes from a file, by turns in one run.

`python -m tests.bench.serving` needs nginx and wrk (`.ci/nginx` installs them from Debian); nginx has one worker, as
the server has one process.
"""

import contextlib
import re
import shutil
import socket
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from tests.edge.serving import serving

RULES = Path(__file__).parents[2] / "rules" / "cn" / "anqing-2022.yaml"
FEED = "/feeds/cn-anqing-2022/tongcheng.ics"
ROUNDS, SECONDS, CONNECTIONS = 5, 2, 16
NGINX = """
daemon off; worker_processes 1; pid {folder}/pid; error_log stderr crit;
events {{ worker_connections 512; }}
http {{
    access_log off; sendfile on; keepalive_requests 1000000; types {{ text/calendar ics; }}
    client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
    uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
    server {{ listen 127.0.0.1:{port}; root {folder}/site; }}
}}
"""


@contextlib.contextmanager
def nginx(data: bytes) -> Iterator[str]:
    """The address of nginx serving these bytes from a file."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        file = folder / "site" / FEED.lstrip("/")
        file.parent.mkdir(parents=True)
        file.write_bytes(data)
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        (folder / "conf").write_text(NGINX.format(folder=folder, port=port), encoding="utf-8")
        with subprocess.Popen(["nginx", "-c", folder / "conf", "-p", folder, "-e", "stderr"]) as process:
            try:
                for _ in range(100):
                    with contextlib.suppress(OSError):
                        socket.create_connection(("127.0.0.1", port)).close()
                        break
                    time.sleep(0.05)
                yield f"http://127.0.0.1:{port}{FEED}"
            finally:
                process.terminate()


def rate(address: str, *fields: str) -> float:
    """Requests a second, all answered."""
    headers = [part for field in fields for part in ("-H", field)]
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", *headers, address]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "Non-2xx" not in told, told
    found = re.search(r"Requests/sec:\s*([0-9.]+)", told)
    assert found, told
    return float(found[1])


def fetched(address: str) -> tuple[bytes, str]:
    """The bytes of an address, and their tag."""
    parts = urlsplit(address)
    connection = HTTPConnection(parts.netloc)
    connection.request("GET", parts.path)
    answer = connection.getresponse()
    data, tag = answer.read(), answer.headers["ETag"]
    connection.close()
    return data, tag


def main() -> None:
    """Print requests a second of both, and the median of their ratios."""
    missing = [each for each in ("nginx", "wrk") if shutil.which(each) is None]
    if missing:
        print(f"\nServing is not measured, as there is no {' and no '.join(missing)} (sh .ci/nginx installs them).")
        return
    with serving(RULES, "--within", "2020..2027") as server:
        ours = f"http://127.0.0.1:{server.port}{FEED}"
        data, our_tag = fetched(ours)
        with nginx(data) as theirs:
            same, their_tag = fetched(theirs)
            assert same == data
            print(f"\nServing a feed of {len(data):,} bytes, {CONNECTIONS} connections, requests a second:")
            for name, mine, other in (
                ("200", (ours,), (theirs,)),
                ("304", (ours, f"If-None-Match: {our_tag}"), (theirs, f"If-None-Match: {their_tag}")),
            ):
                turns = [(rate(*mine), rate(*other)) for _ in range(ROUNDS)]
                own, nginxs = (statistics.median(each) for each in zip(*turns, strict=True))
                times = statistics.median(one / two for one, two in turns)
                print(f"  {name}   cyclekit {own:>10,.0f}   nginx {nginxs:>10,.0f}   {times:8.3f} ×")


if __name__ == "__main__":
    main()
