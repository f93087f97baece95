"""Phones that work honestly contradict themselves never, whatever order things arrive in; tampering is found."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

import pytest

from inspections.chain.links import Link, contradictions


@dataclass
class Phone:
    """The client's rule in short: a photo kept gets the next number and names the one kept before it."""

    chance: random.Random
    number: int = 0
    head: str | None = None
    sealed: list[Link] = field(default_factory=list)

    def keep(self, sha256: str) -> Link:
        self.number += 1
        link = Link(sha256, self.number, self.head, f"payload {self.number} {sha256}")
        self.head = sha256
        self.sealed.append(link)
        return link

    def work(self, photos: int) -> list[Link]:
        """Take photos over several drafts; some taken again, thrown away, or the same file chosen twice."""
        kept: list[Link] = []
        for _ in range(photos):
            twice = self.chance.random() < 0.1 and bool(self.sealed)
            sha256 = self.chance.choice(self.sealed).sha256 if twice else f"{self.chance.getrandbits(256):064x}"
            link = self.keep(sha256)
            if self.chance.random() < 0.75:
                kept.append(link)
        return kept


def arrive(chance: random.Random, sent: list[Link]) -> list[tuple[Link, list[dict[str, object]]]]:
    """Let seals arrive in any order, some again in a corrected visit, some never; judge each against what is there."""
    arriving = [link for link in sent if chance.random() < 0.9]
    arriving += [link for link in arriving if chance.random() < 0.2]
    chance.shuffle(arriving)
    here: list[Link] = []
    said = []
    for link in arriving:
        here.append(link)
        said.append((link, contradictions(link, here)))
    return said


@pytest.mark.parametrize("seed", range(40))
def test_honest_work_raises_nothing(seed: int) -> None:
    chance = random.Random(seed)
    phone = Phone(chance)
    sent = phone.work(40)
    assert len(sent) >= 15
    assert [found for _, found in arrive(chance, sent) if found] == []


def test_a_memory_set_back_is_found() -> None:
    """The phone's store is copied, work goes on, the copy is put back, other photos are taken: both arrive."""
    phone = Phone(random.Random(1))
    phone.work(5)
    number, head = phone.number, phone.head
    first = phone.keep("a" * 64)
    phone.number, phone.head = number, head
    second = phone.keep("b" * 64)
    assert contradictions(second, phone.sealed) == [{"number": 6, "other": "a" * 64}]
    assert contradictions(first, phone.sealed) == [{"number": 6, "other": "b" * 64}]


def test_a_link_taken_out_and_closed_over_is_found() -> None:
    phone = Phone(random.Random(1))
    for sign in "abc":
        phone.keep(sign * 64)
    forged = Link("d" * 64, 3, "a" * 64, "as if b had never been")
    assert contradictions(forged, phone.sealed[:2]) == [{"number": 3, "other": "b" * 64}]
    assert contradictions(phone.sealed[1], [forged]) == [{"number": 3, "other": "d" * 64}]


def test_the_first_has_none_before_it() -> None:
    assert contradictions(Link("a" * 64, 1, "b" * 64, "x"), []) == [{"number": 1, "other": "b" * 64}]
