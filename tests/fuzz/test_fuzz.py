"""The fuzzer's laws on its corpus, and on mutations that chance makes of it."""

import random
import re

import pytest

from tests.fuzz.target import CORPUS, DICTIONARY, KINDS, expanded, target

SEEDS = sorted(CORPUS.iterdir())


def words() -> list[bytes]:
    """The words of the dictionary."""
    found = []
    for line in DICTIONARY.read_text(encoding="ascii").splitlines():
        if word := re.fullmatch(r'"(.*)"', line):
            plain = re.sub(
                rb"\\x(..)", lambda two: bytes.fromhex(two[1].decode()), word[1].encode()
            )
            found.append(plain.replace(b'\\"', b'"').replace(b"\\\\", b"\\"))
    return found


def test_the_dictionary_can_be_read() -> None:
    """Every line is a word or a remark."""
    lines = DICTIONARY.read_text(encoding="ascii").splitlines()
    assert len(words()) == sum(bool(line) and not line.startswith("#") for line in lines)
    assert len(words()) > 80


def test_repetitions() -> None:
    """A few bytes stand for long ones, and never for more than the limit."""
    assert expanded(b"ab\1\1\1c") == b"ab" + b"ab" * 10 + b"c"
    assert expanded(b"7\1\0\xff") == b"7" * 2551
    assert len(expanded(b"7" + b"\1\x1f\xff" * 99)) <= 200_000


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name)
def test_corpus(path) -> None:
    """No page of the corpus breaks a law."""
    target(path.read_bytes())


@pytest.mark.parametrize("seed", range(6))
def test_mutations(seed: int) -> None:
    """Neither does what chance makes of them."""
    rng = random.Random(seed)
    known = words()
    for _ in range(8):
        data = bytearray(rng.choice(SEEDS).read_bytes())
        data[0] = rng.randrange(len(KINDS))
        for _ in range(rng.randint(1, 12)):
            at = rng.randint(1, len(data))
            done = rng.random()
            if done < 0.5:
                data[at:at] = rng.choice(known)
            elif done < 0.7:
                data[at:at] = bytes((1, rng.randrange(32), rng.randrange(256)))
            elif done < 0.85:
                other = rng.choice(SEEDS).read_bytes()
                data[at:at] = other[rng.randrange(len(other)) :][:200]
            else:
                del data[at : at + rng.randint(1, 40)]
        target(bytes(data))
