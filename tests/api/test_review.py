"""Review over HTTP: one answer holds all, every change names what was read, and the list of findings is a file too."""

from __future__ import annotations

import csv
import io
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy.orm import Session, sessionmaker

from field_app_schema.problems import problem_of
from tests.inspections.review.reviewing import bind_2020
from tests.visit_making import ID_A, ID_B, claim, jpeg, sent, sha
from tests.world import World

SIGN = jpeg(1)


def arrived(client: FlaskClient, world: World, visit_id: str = ID_A, **changes: Any) -> None:
    phone = world.as_phone("chen")
    answers = {"services": ["parcel", "purchase_agency"], "sign_wording": "provincial"}
    body = sent(**({"photos": [claim(SIGN)], "answers": answers} | changes))
    assert client.put(f"/api/v1/inspections/{visit_id}", data=body, headers=phone).status_code == 201
    assert client.put(f"/api/v1/media/{sha(SIGN)}", data=SIGN, headers=phone).status_code in (200, 201)


def post(client: FlaskClient, world: World, deed: str, told: dict[str, Any], *, seen: str | None, person: str = "yong",
         visit_id: str = ID_A) -> Any:  # fmt: skip
    headers = world.as_phone(person) | ({} if seen is None else {"If-Match": seen})
    return client.post(f"/api/v1/inspections/{visit_id}/{deed}", json=told, headers=headers)


def test_one_answer_holds_all_that_a_reviewer_needs(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    with sessions.begin() as session:
        bind_2020(session)
    arrived(client, world, ID_B, captured_at="2026-11-10T11:30:00+08:00", started_at="2026-11-10T11:20:00+08:00",
            ended_at="2026-11-10T11:30:00+08:00")  # fmt: skip
    arrived(client, world)
    told = client.get(f"/api/v1/review/visits/{ID_A}", headers=world.as_phone("yong"))
    assert told.headers["ETag"] == '"1"'
    item = told.json
    assert item is not None
    assert (item["visit"]["station_code"], item["visit"]["version"], item["judgement"]) == ("JY001", 1, None)
    assert item["station"] == {
        "code": "JY001", "name": "何家湾服务站", "county": "江永县", "township": "潇浦镇", "village": "何家湾村委会",
        "lon": 111.342, "lat": 25.271, "coord_quality": "gps", "services": ["parcel", "purchase_agency"]}  # fmt: skip
    assert (item["sign"]["photo"], item["sign"]["suggestion"], item["sign"]["duty"]) == (sha(SIGN), None, "bound")
    [rule] = item["sign"]["rules"]
    assert (rule["wording"], rule["document"]) == ("全国电子商务进农村综合示范项目", "财办建〔2020〕48号")
    assert "显著位置标识" in rule["quote"]
    assert item["sign"]["held"]["source"] == "inspector"
    assert item["sign"]["verdicts"] == [{"rule": rule["code"], "wording": "fail", "channel": "cannot_tell"}]
    assert item["last_visit"]["inspection_id"] == ID_B
    assert item["permissions"]["may_approve"] is True
    assert "started_at" not in told.text


def test_a_change_names_what_was_read(client: FlaskClient, world: World) -> None:
    arrived(client, world)
    assert post(client, world, "approve", {}, seen=None).status_code == 428
    assert post(client, world, "approve", {}, seen='"2"').status_code == 409
    done = post(client, world, "approve", {"why": "清楚"}, seen='"1"')
    assert (done.status_code, done.json["visit"]["state"], done.headers["ETag"]) == (200, "approved", '"2"')
    assert [(one["kind"], one["by"], one["why"]) for one in done.json["decisions"]] == [("approved", "永州市", "清楚")]
    # Who has read the visit before sends nothing back any more; without a word of what was read it still may.
    assert post(client, world, "return", {"note": "再看"}, seen='"1"').status_code == 409
    assert post(client, world, "reopen", {"why": " "}, seen='"2"').status_code == 422
    assert post(client, world, "reopen", {"why": "看错了"}, seen='"2"').json["visit"]["state"] == "under_review"
    assert post(client, world, "return", {"note": "再看"}, seen=None).status_code == 200
    edited = post(client, world, "edits", {"note": "补记", "why": "核对"}, seen="*", person="chen")
    assert (edited.status_code, edited.json["code"]) == (409, "VISIT_STATE")
    assert post(client, world, "edits", {"observed_state": "gone", "why": "x"}, seen="*").status_code == 422


def test_findings_are_listed_told_in_words_and_kept_as_a_file(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    with sessions.begin() as session:
        bind_2020(session)
    arrived(client, world)
    assert post(client, world, "approve", {}, seen="*").status_code == 200
    county = world.as_phone("jiang")
    told = client.get("/api/v1/findings", headers=county).json
    assert told is not None
    [one] = told["findings"]
    assert (told["count"], one["kind"], one["inspection_id"]) == (1, "wrong_wording", ID_A)
    assert one["problem"]["zh"] == (
        "招牌字样不符合要求:现为“电子商务进农村综合示范项目(无“全国”)”,应为“全国电子商务进农村综合示范项目”(财办建〔2020〕48号)。"
    )
    assert client.get("/api/v1/findings", headers=world.as_phone("zhou")).json == {"findings": [], "count": 0}
    assert client.get("/api/v1/findings?kind=station_gone", headers=county).json == {"findings": [], "count": 0}
    file = client.get("/api/v1/tables/findings?lang=zh", headers=county)
    assert "attachment" in file.headers["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(file.get_data().decode("utf-8-sig"))))
    assert rows[1][2:6] == ["JY001", "何家湾服务站", "招牌字样不符", one["problem"]["zh"]]
    assert post(client, world, "reopen", {"why": "看错了"}, seen="*").status_code == 200
    assert client.get("/api/v1/findings", headers=county).json == {"findings": [], "count": 0}
    withdrawn = client.get("/api/v1/findings?open=false&since=2026-11-20", headers=county).json
    assert withdrawn is not None
    assert withdrawn["findings"][0]["withdrawn_at"] is not None


def test_every_finding_has_its_sentence() -> None:
    assert problem_of("sign_missing", {})["zh"] == "站点没有设置标识招牌。"
    assert problem_of("service_missing", {"services": ["parcel", "small_cash"]}) == {
        "zh": "登记的服务现场不能办:收发快递、小额存取。",
        "en": "Services that the register promises and the visit did not find: Parcels in and out, Small cash.",
    }
    gone = problem_of("station_gone", {"observed_state": "not_found"})
    assert gone == {"zh": "站点不在经营:没有找到站点。", "en": "Not in business: The station was not found."}
    channel = {"required_levels": ["province"], "document": "财办建〔2020〕48号"}
    assert problem_of("report_channel_missing", channel)["zh"] == (
        "招牌上缺少举报监督渠道:应有省级渠道(财办建〔2020〕48号)。"
    )
