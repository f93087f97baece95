"""What lies in a phone's storage, read past the product's own code, as who takes the phone apart would read it."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

_WITH = """async () => {
  const opened = await new Promise((done, fail) => {
    const asked = indexedDB.open('cunzhan')
    asked.onsuccess = () => done(asked.result)
    asked.onerror = () => fail(asked.error)
  })
  const ask = (name, verb, ...given) => new Promise((done, fail) => {
    const asked = opened.transaction(name).objectStore(name)[verb](...given)
    asked.onsuccess = () => done(asked.result)
    asked.onerror = () => fail(asked.error)
  })
  try {
    %s
  } finally {
    opened.close()
  }
}"""

_ALL = """
    const bytes = (one) => new TextDecoder().decode(one)
    const write = (_key, value) => value instanceof ArrayBuffer ? bytes(value) : value
    const tables = await Promise.all([...opened.objectStoreNames].map((name) => ask(name, 'getAll')))
    // A body within the row is quoted once more; both ways of writing it are looked for.
    const said = JSON.stringify(tables, write)
    return said + said.replace(/\\\\"/g, '"')
"""

_QUESTIONS = {
    "enrolment.token": "return (await ask('settings', 'get', 'enrolment')).token",
    "enrolment.device_id": "return (await ask('settings', 'get', 'enrolment')).device_id",
    "outcome": "return (await ask('settings', 'get', 'last_round')).outcome",
    "records": "return (await ask('records', 'getAll')).map(({ id, sha256 }) => [id, sha256])",
    "turns": "return (await ask('drafts', 'getAll')).reduce((sum, one) => sum + (one.turn || 0), 0)",
    "everything": """const names = [...opened.objectStoreNames].filter((name) => name !== 'settings')
        const counts = await Promise.all(names.map((name) => ask(name, 'count')))
        const kept = await ask('settings', 'getAllKeys')
        return counts.reduce((sum, one) => sum + one, 0) + kept.filter((key) => key !== 'last_round').length""",
}


def read_all(page: Page) -> str:
    """Give every row of every table as one text, bytes read as UTF-8, in which a secret could be found."""
    return str(page.evaluate(_WITH % _ALL))


def ask_raw(page: Page, question: str) -> Any:
    """Answer one of the `_QUESTIONS`."""
    return page.evaluate(_WITH % _QUESTIONS[question])


def write_note(page: Page, text: str) -> None:
    """Write a note into the visit that is open, and wait until it is kept."""
    before = ask_raw(page, "turns")
    page.get_by_test_id("field-note").fill(text)
    page.get_by_test_id("field-note").blur()
    look = f"while ((await ({_WITH % _QUESTIONS['turns']})()) === before) await new Promise((d) => setTimeout(d, 20))"
    page.evaluate(f"async (before) => {{ {look} }}", before)
