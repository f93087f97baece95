"""Work that is done later: what waits, what runs and how far it is, what failed for good and can be revived."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_smorest import Blueprint
from flask_smorest.pagination import PaginationParameters

from api.boundary import caller, may, now, session
from field_app_schema.later import JobCountsSchema, JobQuerySchema, JobSchema
from jobs import Job
from stations.people.later import count_visible_jobs, find_job, list_visible_jobs, revive_job

blp = Blueprint("jobs", __name__, description="后台任务 / work done later")


@blp.route("/jobs")
@may("job.read")
@blp.arguments(JobQuerySchema, location="query")
@blp.response(200, JobSchema(many=True))
@blp.paginate(page_size=50, max_page_size=500)
def jobs(query: dict[str, Any], pagination_parameters: PaginationParameters) -> Sequence[Job]:
    """The jobs of my area, newest first."""
    page = pagination_parameters
    rows, total = list_visible_jobs(session(), caller(), limit=page.page_size, offset=page.first_item, **query)
    page.item_count = total
    return rows


@blp.route("/jobs/counts")
@may("job.read")
@blp.response(200, JobCountsSchema)
def job_counts() -> dict[str, int]:
    """How many jobs of my area are waiting, running, done or dead."""
    return count_visible_jobs(session(), caller())


@blp.route("/jobs/<int:job_id>")
@may("job.read")
@blp.response(200, JobSchema)
def job(job_id: int) -> Job:
    """One job, its progress, result and last error."""
    return find_job(session(), caller(), job_id)


@blp.route("/jobs/<int:job_id>/revival", methods=["POST"])
@may("job.read")
@blp.response(200, JobSchema)
def revive(job_id: int) -> Job:
    """Let a dead job run again; one that is not dead stays as it is."""
    return revive_job(session(), caller(), job_id, now=now())
