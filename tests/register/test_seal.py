"""The chain of manifests: each holds the hash of the one before."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256

import pytest
from sqlalchemy import text

from docgen.register import Register
from docgen.register.place import register_place
from docgen.register.store import Store


def manifest(run: str, figures: str = "") -> Callable[[str], bytes]:
    return lambda previous: f"{run}{figures}←{previous}".encode()


def digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def test_each_manifest_holds_the_hash_of_the_one_before(register: Register) -> None:
    first = register.seal("函-1", manifest("函-1"))
    second = register.seal("通报-1", manifest("通报-1"))

    assert first.decode() == "函-1←"
    assert second.decode() == f"通报-1←{digest(first)}"
    assert register.sealed("通报-1") == (digest(second), digest(first))
    assert register.sealed("函-2") is None
    assert register.complaints() == ()


def test_a_run_sealed_again_gets_the_same_manifest(register: Register) -> None:
    first = register.seal("函-1", manifest("函-1"))
    register.seal("通报-1", manifest("通报-1"))

    assert register.seal("函-1", manifest("函-1")) == first
    assert register.sealed("函-1") == (digest(first), "")


def test_a_manifest_that_has_changed_becomes_a_link_of_its_own(register: Register) -> None:
    register.seal("函-1", manifest("函-1"))
    circular = register.seal("通报-1", manifest("通报-1"))

    again = register.seal("函-1", manifest("函-1", "又印一件"))

    assert again.decode() == f"函-1又印一件←{digest(circular)}"
    assert register.sealed("函-1") == (digest(again), digest(circular))
    assert register.seal("函-1", manifest("函-1", "又印一件")) == again
    assert register.complaints() == ()


def test_a_manifest_that_cannot_be_made_leaves_no_link(register: Register) -> None:
    def failing(previous: str) -> bytes:
        raise FileNotFoundError("正本/通报.pdf")

    with pytest.raises(FileNotFoundError):
        register.seal("函-1", failing)

    assert register.sealed("函-1") is None


def test_a_link_that_was_changed_is_named(address: str, register: Register) -> None:
    register.seal("函-1", manifest("函-1"))
    register.seal("通报-1", manifest("通报-1"))
    store = Store(register_place(address))
    with store.writing() as connection:
        connection.execute(text(f"UPDATE manifests SET sha256 = '{'0' * 64}' WHERE run = '函-1'"))
    store.close()

    (told,) = register.complaints()

    assert "批次 通报-1 的清单前面应是 000000000000" in told
