"""`bin/serve`: prepare the data folder, then run web, worker and beat under one supervisor."""

import argparse
import hashlib
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

from lms.operations.supervisor import Child, Supervisor, say

ROOT = Path(__file__).resolve().parent.parent


def parse_arguments(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bin/serve", description="Start the platform: web, worker and beat in one command."
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on")
    parser.add_argument("--data", help="data folder (environment LMS_DATA, default var/)")
    parser.add_argument(
        "--empty",
        action="store_true",
        help="start real: no demo people; prints a one-time link for the first administrator",
    )
    return parser.parse_args(arguments)


def manage(*command: str) -> str:
    """Run one management command and return what it printed; its errors go to the terminal."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "manage.py", *command], cwd=ROOT, check=True, stdout=subprocess.PIPE
    )
    return done.stdout.decode()


def static_stamp() -> str:
    """Changes when a static file or a dependency does."""
    parts = [(ROOT / "requirements" / "base.txt").read_bytes()]
    for path in sorted((ROOT / "lms" / "static").rglob("*")):
        parts.append(f"{path}{path.stat().st_mtime_ns}".encode())
    return hashlib.sha256(b"".join(parts)).hexdigest()


def collect_static(data: Path) -> None:
    """Hashed and compressed copies of the static files; only when something has changed."""
    stamp = data / "static.stamp"
    current = static_stamp()
    if not stamp.exists() or stamp.read_text() != current:
        say("collecting static files")
        manage("collectstatic", "--noinput", "--clear", "-v0")
        stamp.write_text(current)


def prepare(data: Path, *, empty: bool) -> None:
    """Migrate, collect, and on the first start load the demo, or the content without its people."""
    data.mkdir(parents=True, exist_ok=True)
    fresh = not (data / "started").exists()
    if fresh and not empty:
        (data / "demo").touch()
    say("migrating the database")
    manage("migrate", "-v0", "--noinput")
    collect_static(data)
    manage("setup_site")
    if (data / "demo").exists() and not (data / "demo-loaded").exists():
        say("loading the demo data (first start only)")
        manage("load_demo")
        (data / "demo-loaded").touch()
    elif fresh and empty:
        say("loading courses, question bank and policy drafts (first start only)")
        manage("load_content")
    (data / "started").touch()


def children(host: str, port: int) -> list[Child]:
    python = Path(sys.executable).parent
    web = [
        str(python / "granian"), "lms.wsgi:application", "--interface", "wsgi",
        "--host", host, "--port", str(port), "--workers", os.environ.get("LMS_WEB_WORKERS", "2"),
        "--blocking-threads", "1", "--respawn-failed-workers", "--respawn-interval", "0.5",
        "--no-ws", "--log-level", "warning", "--backlog", "1024",
    ]  # fmt: skip
    worker = [
        str(python / "celery"), "-A", "lms", "-q", "worker", "--loglevel", "WARNING",
        "--concurrency", os.environ.get("LMS_WORKER_CONCURRENCY", "1"),
        "--without-gossip", "--without-mingle", "--hostname", f"worker-{port}@%h",
    ]  # fmt: skip
    beat = [
        str(python / "celery"), "-A", "lms", "-q", "beat", "--loglevel", "WARNING", "--pidfile", "",
    ]  # fmt: skip
    return [Child("web", web), Child("worker", worker), Child("beat", beat)]


def announce(address: str, supervisor: Supervisor, *, empty: bool) -> None:
    """Print the address and the sign-ins once everything is ready."""
    while not supervisor.stopping:
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=5) as answer:  # noqa: S310
                if answer.status == 200:
                    break
        except OSError:
            time.sleep(0.3)
    if supervisor.stopping:
        return
    sys.stdout.write(f"\n  {address}/\n\n{sign_ins(empty=empty)}\n  Ctrl-C 停止 / stops\n")
    sys.stdout.flush()


def sign_ins(*, empty: bool) -> str:
    """The demo sign-ins by role, or the first administrator's link."""
    if (Path(os.environ["LMS_DATA"]) / "demo").exists():
        return manage("demo_sign_ins")
    if not empty:
        return ""
    try:
        return f"  第一位系统管理员 / first administrator: {manage('create_administrator_link')}"
    except subprocess.CalledProcessError:  # there is one already; the command has said so
        return ""


def port_is_free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def main() -> int:
    options = parse_arguments(sys.argv[1:])
    data = Path(options.data or os.environ.get("LMS_DATA") or ROOT / "var").resolve()
    address = f"http://{'localhost' if options.host in ('127.0.0.1', '0.0.0.0') else options.host}"  # noqa: S104
    address += f":{options.port}"
    os.environ["LMS_DATA"] = str(data)
    os.environ["LMS_MANIFEST_STATIC"] = "1"
    os.environ.setdefault("LMS_PUBLIC_URL", address)
    if not port_is_free(options.host, options.port):
        say(f"端口 {options.port} 已被占用，请换 --port / the port is in use, try another --port")
        return 1
    prepare(data, empty=options.empty)
    supervisor = Supervisor(children(options.host, options.port))
    threading.Thread(
        target=announce, args=(address, supervisor), kwargs={"empty": options.empty}, daemon=True
    ).start()
    return supervisor.run()


if __name__ == "__main__":
    raise SystemExit(main())
