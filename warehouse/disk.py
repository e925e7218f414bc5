"""What the disk does differently on Windows: locking a file, sharing blocks, making a folder's change last."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import BinaryIO

_CLONE_FILE = 0x40049409  # Linux FICLONE: copies a file by sharing its blocks, where the file system can
_PIECE = 1 << 22


def lock(descriptor: int) -> None:
    """Hold an open file against every other process until it is closed. BlockingIOError when another holds it."""
    if sys.platform == "win32":
        import msvcrt

        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            raise BlockingIOError from error
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def copy(source: Path, target: Path) -> None:
    """Copy by sharing blocks where the file system can, else piece by piece. Only the owner may read the copy."""
    with source.open("rb") as read, target.open("wb") as write:
        target.chmod(0o600)
        if not _shared(read, write):
            shutil.copyfileobj(read, write, _PIECE)


def sync(path: Path) -> None:
    """Make what was written to a file, or renamed in a folder, outlast a power cut. Windows has no such for folders."""
    if sys.platform == "win32":
        if path.is_file():
            with path.open("rb+") as file:
                os.fsync(file.fileno())
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _shared(read: BinaryIO, write: BinaryIO) -> bool:
    if sys.platform != "linux":
        return False
    import fcntl

    try:
        fcntl.ioctl(write.fileno(), _CLONE_FILE, read.fileno())
    except OSError:
        return False
    return True
