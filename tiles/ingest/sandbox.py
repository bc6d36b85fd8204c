"""The walls around the child that reads a stranger's file: limits, no network, few files, few drivers.

Entered before anything of the file is read. What the kernel cannot give is reported, not hidden.
"""

import ctypes
import os
import resource
import signal
import struct
import sys
import sysconfig
from pathlib import Path
from typing import Final

CPU_SECONDS: Final = 60
WALL_SECONDS: Final = 180
# numpy and GDAL map much more than they use; about 1 GB of it gets resident.
ADDRESS_SPACE: Final = 3 * 2**30
OUTPUT_BYTES: Final = 2 * 2**30
OPEN_FILES: Final = 64

_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38
_LANDLOCK_CREATE, _LANDLOCK_ADD, _LANDLOCK_RESTRICT = 444, 445, 446
_READ: Final = 1 << 2 | 1 << 3  # read a file, list a folder
_libc = ctypes.CDLL(None, use_errno=True)


def enter(job: Path, *, parent: int) -> dict[str, bool]:
    """Shut this process in; returns which walls stand: {"network": cut?, "files": only the job folder?}."""
    _limit()
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it ended before the line above took hold
        sys.exit(1)
    _libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    return {"network": _cut_network(), "files": _shut_files(job)}


def _limit() -> None:
    for what, most in (
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_AS, ADDRESS_SPACE),
        (resource.RLIMIT_FSIZE, OUTPUT_BYTES),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (most, most))


def _cut_network() -> bool:
    """Move into an empty network namespace; root may at once, others inside a user namespace."""
    if _libc.unshare(_CLONE_NEWNET) == 0:
        return True
    return bool(_libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0)


def _shut_files(job: Path) -> bool:
    """Allow reading of the program and writing of the job folder, nothing else (Landlock)."""
    version = _libc.syscall(_LANDLOCK_CREATE, None, 0, 1)
    if version < 1:
        return False
    bits = {1: 13, 2: 14, 3: 15, 4: 15}.get(version, 16)
    everything = (1 << bits) - 1
    attributes = ctypes.create_string_buffer(struct.pack("Q", everything))
    ruleset = _libc.syscall(_LANDLOCK_CREATE, attributes, 8, 0)
    if ruleset < 0:
        return False
    program = Path(__file__).resolve().parents[2]
    readable = [sys.prefix, sys.base_prefix, *sysconfig.get_paths().values(), "/usr", "/lib", "/lib64"]
    readable += [
        "/etc/ld.so.cache",
        "/etc/localtime",
        "/dev/urandom",
        "/proc/self",
        str(program / "tiles"),
        str(program / "portal"),
    ]
    for path in {*readable}:
        _allow(ruleset, path, _READ if Path(path).is_dir() else 1 << 2)
    _allow(ruleset, "/dev/null", 1 << 1 | 1 << 2)
    _allow(ruleset, str(job), everything)
    done = _libc.syscall(_LANDLOCK_RESTRICT, ruleset, 0) == 0
    os.close(ruleset)
    return done


def _allow(ruleset: int, path: str, access: int) -> None:
    try:
        folder = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    rule = ctypes.create_string_buffer(struct.pack("=Qi", access, folder))
    _libc.syscall(_LANDLOCK_ADD, ruleset, 1, rule, 0)
    os.close(folder)


def allow_drivers(names: frozenset[str]) -> None:
    """Take every GDAL driver but `names` out of this process; raises RuntimeError when others remain.

    GDAL looks at content, not at names: a VRT text called .csv would open any file it points to.
    """
    import pyogrio

    with Path("/proc/self/maps").open() as maps:
        library = next(line.split(maxsplit=5)[-1].strip() for line in maps if "libgdal" in line)
    gdal = ctypes.CDLL(library)
    gdal.GDALGetDriver.restype = ctypes.c_void_p
    gdal.GDALGetDriverShortName.argtypes = [ctypes.c_void_p]
    gdal.GDALGetDriverShortName.restype = ctypes.c_char_p

    def registered() -> set[str]:
        count = gdal.GDALGetDriverCount()
        return {gdal.GDALGetDriverShortName(gdal.GDALGetDriver(i)).decode() for i in range(count)}

    # The list is asked of the library: raster drivers are in it too, and names change between versions.
    pyogrio.set_gdal_config_options(
        {
            "GDAL_SKIP": ",".join(sorted(registered() - names)),
            "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": ".none",
            "OGR_XLSX_HEADERS": "FORCE",
        }
    )
    gdal.GDALAllRegister()
    if registered() != names:
        raise RuntimeError("drivers outside the allow-list remain")
