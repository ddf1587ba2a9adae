"""Data files that ship with the package, read as bytes."""

from mmap import ACCESS_READ, mmap
from os import listdir
from os.path import dirname, join

_HERE = dirname(__file__)


def read_data(name: str) -> bytes:
    """Bytes of a data file.

    Plain `open` beside this module and not `importlib.resources`: that import alone takes 15 ms,
    a fifth of what a whole run on a small page may take.

    Raises:
        OSError: The file is missing or unreadable: the installation is broken.

    """
    with open(join(_HERE, name), "rb", buffering=0) as file:
        return file.read()


def map_data(name: str) -> mmap:
    """The bytes of a data file, mapped: nothing is copied, and processes share what they read.

    Raises:
        OSError: As `read_data`.
        ValueError: The file is empty.

    """
    with open(join(_HERE, name), "rb", buffering=0) as file:
        return mmap(file.fileno(), 0, access=ACCESS_READ)


def list_data(folder: str) -> list[str]:
    """Names of the data files in a folder, `folder/name`, sorted.

    Raises:
        OSError: As `read_data`.

    """
    return [f"{folder}/{name}" for name in sorted(listdir(join(_HERE, folder)))]
