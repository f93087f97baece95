"""Names that once ran as code on the server or in a browser; every page must show them as they are.

Whatever runs in a browser sets `window.ran`; whatever is evaluated on the server gives the product of `EVALUATED`.
"""

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

# 1337 * 1337: no page shows this number for any other reason.
EVALUATED = "1787569"

PAYLOADS = [
    *HOSTILE,
    # Jinja, and what other template languages would do
    "{{1337*1337}}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ config.items() }}{{ self }}{{ this._parent }}",
    "{% set x = 1337*1337 %}{{ x }}",
    "{% include 'base.html' %}{% endmacro %}{% endblock %}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "#{1337*1337} <%= 1337*1337 %> @(1337*1337) ${{1337*1337}}",
    "%(name)s {0} {name} {self.frame.csrf_token}",
    # template literals and breaking out of strings
    "`+(window.ran=1)+`",
    "';window.ran=1;//",
    '";window.ran=1;//',
    "\\';window.ran=1;//",
    "\\u003cscript\\u003ewindow.ran=1\\u003c/script\\u003e",
    "${1337*1337}${alert(1)}",
    # elements and handlers
    "<script>window.ran=1</script>",
    "<ScRiPt >window.ran=1</sCrIpT>",
    "<script src=//example.org/x.js></script>",
    "<img src=x onerror='alert(1);window.ran=1'>",
    "<body onload=window.ran=1>",
    "<details open ontoggle=window.ran=1>",
    "<input autofocus onfocus=window.ran=1>",
    "<video><source onerror=window.ran=1></video>",
    "<iframe srcdoc='<script>parent.ran=1</script>'></iframe>",
    "<a href=javascript:window.ran=1>站</a>",
    "<form action=javascript:window.ran=1><button>站</button></form>",
    "<base href=//example.org/><meta http-equiv=refresh content='0;url=javascript:window.ran=1'>",
    "<object data=javascript:window.ran=1></object><embed src=javascript:window.ran=1>",
    "<marquee onstart=window.ran=1>站</marquee>",
    "<template><script>window.ran=1</script></template>",
    "--><script>window.ran=1</script><!--",
    "]]><script>window.ran=1</script>",
    "</title></style></textarea></select><script>window.ran=1</script>",
    "</option><option onclick=window.ran=1 selected>站",
    # SVG and MathML
    "<svg><script>window.ran=1</script></svg>",
    "<svg><animate onbegin=window.ran=1 attributeName=x dur=1s>",
    "<svg><a xlink:href=javascript:window.ran=1><text y=9>站</text></a></svg>",
    "<math><mtext><style><img src=x onerror=window.ran=1></style></mtext></math>",
    # addresses, styles, JSON
    "data:text/html,<script>window.ran=1</script>",
    "vbscript:window.ran=1",
    "java\tscript:window.ran=1",
    "<style>*{background:url(javascript:window.ran=1)}</style>",
    "x;background:url('//example.org/x');behavior:url(x.htc)",
    '"}],"counts":{"alive":999},"x":[{"y":"',
    '{"__proto__":{"ran":1}}',
    "__proto__",
    "constructor",
    # what signs can do
    "\u202e>tpircs/<1=nar.wodniw>tpircs<\u202c站",
    "＜script＞window.ran=1＜/script＞",
    "\u2028window.ran=1\u2029",
    "站\u200b\ufeff\u00ad点",
    "%3Cscript%3Ewindow.ran=1%3C/script%3E &lt;img src=x onerror=window.ran=1&gt; &#60;b&#62;",
    "+ADw-script+AD4-window.ran=1+ADw-/script+AD4-",
    "../../../../etc/passwd",
    '=HYPERLINK("javascript:window.ran=1","站")',
    "Robert'); DROP TABLE station;--",
]
