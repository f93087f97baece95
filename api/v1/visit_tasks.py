"""Assigned visits over HTTP."""

from __future__ import annotations

from typing import Any

from flask_smorest import Blueprint

from api.boundary import caller, may, now, session
from field_app_schema.visit_tasks import (
    NewVisitTasksSchema,
    VisitTaskPageSchema,
    VisitTaskQuerySchema,
    VisitTasksSchema,
)
from inspections.tasks.assigning import NewTasks
from inspections.tasks.assigning import assign as assign_visits
from inspections.tasks.assigning import withdraw as withdraw_task
from inspections.tasks.listing import TaskPage, list_tasks, tasks_named

blp = Blueprint("visit_tasks", __name__, description="检查安排 / assigned visits")


@blp.route("/visit-tasks", methods=["POST"])
@may("visit.assign")
@blp.arguments(NewVisitTasksSchema)
@blp.response(201, VisitTasksSchema)
def assign(asked: dict[str, Any]) -> dict[str, Any]:
    """Ask one person to visit stations; one who has the same visit open already is not asked twice."""
    ids = assign_visits(session(), caller(), NewTasks(**asked), now=now())
    return {"tasks": tasks_named(session(), ids)}


@blp.route("/visit-tasks")
@may("visit.assign")
@blp.arguments(VisitTaskQuerySchema, location="query")
@blp.response(200, VisitTaskPageSchema)
def tasks(asked: dict[str, Any]) -> TaskPage:
    """The visits that were assigned; an unannounced one is not shown below the unit that assigned it."""
    return list_tasks(session(), caller(), **asked)


@blp.route("/visit-tasks/<int:task_id>", methods=["DELETE"])
@may("visit.assign")
@blp.response(204)
def withdraw(task_id: int) -> None:
    """Withdraw an assigned visit; again changes nothing."""
    withdraw_task(session(), caller(), task_id, now=now())
