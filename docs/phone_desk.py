"""What staff do meanwhile, so that the phone has something to show: codes, assigned visits, returns."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import APIRequestContext, Playwright


class Desk:
    """Staff of the demonstration, each signed in over HTTP as the pages do it."""

    def __init__(self, playwright: Playwright, base: str, password: str) -> None:
        self.playwright, self.base, self.password = playwright, base, password
        self._people: dict[str, tuple[APIRequestContext, str]] = {}

    def ask(self, person: str, method: str, path: str, body: Any = None) -> Any:
        """Ask the API as somebody and give the answer's JSON, None where there is none; a refusal ends the walk."""
        asking, csrf = self._people.get(person) or self._sign_in(person)
        answer = asking.fetch(f"{self.base}/api/v1{path}", method=method, data=body, headers={"X-CSRF-Token": csrf})
        if not answer.ok:
            raise RuntimeError(f"{method} {path}: {answer.text()}")
        return answer.json() if answer.body() else None

    def code_for(self, username: str) -> str:
        """Make a code for somebody's phone."""
        return str(self.ask("xian", "POST", "/enrolments", {"account_id": self.account_of(username)})["code"])

    def account_of(self, username: str) -> int:
        accounts = self.ask("xian", "GET", "/accounts")
        return next(int(one["id"]) for one in accounts if one["username"] == username)

    def _sign_in(self, person: str) -> tuple[APIRequestContext, str]:
        asking = self.playwright.request.new_context()
        told = asking.post(f"{self.base}/api/v1/session", data={"username": person, "password": self.password})
        self._people[person] = asking, str(told.json()["csrf_token"])
        return self._people[person]
