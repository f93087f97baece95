"""Names that once ran as code on the server or in a browser; every page must show them as they are."""

HOSTILE = [
    "{{7*7}}站",
    "{% for",
    "{# note",
    "</script><script>window.ran=1</script>",
    "${window.ran=1}`",
    "<img src=x onerror=window.ran=1>",
    "'\"><svg onload=window.ran=1>",
    "javascript:window.ran=1",
]
