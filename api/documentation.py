"""The OpenAPI document and Swagger UI from our own shelf: its page without inline script, both open to anyone."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Flask, Response, render_template_string, url_for

from api.boundary import may
from api.errors import OneShapeApi
from field_app_schema.refused import RefusedSchema

# flask-smorest's own page starts Swagger UI from an unmarked inline script, which our policy would not run.
PAGE = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>{{ title }} · 接口文档 / API</title>
<link rel="icon" href="/static/icon.svg">
<link rel="stylesheet" href="{{ shelf }}swagger-ui.css">
</head>
<body>
<div id="api"></div>
<script src="{{ shelf }}swagger-ui-bundle.js"></script>
<script nonce="{{ nonce }}">
window.ui = SwaggerUIBundle({ url: {{ document | tojson }}, dom_id: "#api", validatorUrl: null });
</script>
</body>
</html>
"""


PAGINATION_HEADER: dict[str, Any] = {
    # Sent as JSON text, so it is documented as text; flask-smorest's own entry says object.
    "description": "JSON: total, total_pages, first_page, last_page, page, previous_page, next_page",
    "schema": {"type": "string", "contentMediaType": "application/json"},
}

# How a caller proves who it is; the same two ways as in api/identity.py.
SPEC_OPTIONS: dict[str, Any] = {
    "components": {
        "securitySchemes": {
            "phone": {"type": "http", "scheme": "bearer", "description": "手机令牌 / a phone's own token"},
            "browser": {"type": "apiKey", "in": "cookie", "name": "cunzhan_session",
                        "description": "登录 cookie;修改须带 X-CSRF-Token / changes also need X-CSRF-Token"},
        }
    },
    "security": [{"phone": []}, {"browser": []}],
}  # fmt: skip


class DocumentedApi(OneShapeApi):
    """flask-smorest with our page for Swagger UI, our shape of errors and an honest pagination header."""

    ERROR_SCHEMA = RefusedSchema

    def _openapi_swagger_ui(self) -> Response:
        return swagger_page(self.spec.title, self._swagger_ui_url, url_for("api-docs.openapi_json"))

    def _register_pagination_header(self) -> None:
        self.spec.components.header("PAGINATION", PAGINATION_HEADER, lazy=True)


def swagger_page(title: str, shelf: str, document: str) -> Response:
    """Give Swagger UI's page under a policy that lets only our shelf and this page's own line run."""
    nonce = secrets.token_urlsafe(16)
    page = render_template_string(PAGE, title=title, shelf=shelf, document=document, nonce=nonce)
    response = Response(page, mimetype="text/html")
    # Swagger UI puts its few styles in by script one property at a time, which style-src does not forbid.
    response.headers["Content-Security-Policy"] = (
        f"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; font-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def open_to_anyone(app: Flask) -> None:
    """Give the document's own routes their action, as every route must have one."""
    for endpoint, view in app.view_functions.items():
        if endpoint.startswith("api-docs."):
            marked: Any = may("anyone")(view)
            app.view_functions[endpoint] = marked
