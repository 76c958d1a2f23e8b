"""What somebody could write to make a page, a terminal or a spreadsheet do something."""

from __future__ import annotations

RUN = "window.ran=1"
EVIL = "http://evil.example"

PAYLOADS: dict[str, str] = {
    "script": f"<script>{RUN}</script>",
    "image-error": f"<img src=x onerror={RUN}>",
    "svg": f"<svg onload={RUN}><script>{RUN}</script></svg>",
    "svg-animate": f"<svg><animate onbegin={RUN} attributeName=x dur=1s></svg>",
    "iframe": f'<iframe srcdoc="<script>parent.{RUN}</script>"></iframe>',
    "mathml": f'<math><mtext><mglyph><style><img src=x onerror="{RUN}"></style></mglyph></mtext></math>',
    "closing-tags": f"</span></pre></code></td></div></style></title></textarea><script>{RUN}</script>",
    "comment": f"--><script>{RUN}</script><!--",
    "attribute": f"\" autofocus tabindex=1 onfocus={RUN} x=\" ' onmouseover='{RUN}",
    "entities": f"&lt;script&gt;{RUN}&lt;/script&gt; &#60;script&#62;{RUN}&#60;/script&#62;",
    "half-tags": f"<scr<br>ipt>{RUN}</scr<br>ipt> <<script>script>{RUN}//",
    "noscript": f'<noscript><p title="</noscript><img src=x onerror={RUN}>"></noscript>',
    "meta-refresh": f'<meta http-equiv="refresh" content="0;url={EVIL}">',
    "style": f'<style>@import "{EVIL}/x.css"; body {{ display: none }}</style><link rel=stylesheet href={EVIL}/x.css>',
    "form": f"<base href={EVIL}><form action={EVIL}><input autofocus onfocus={RUN}></form>",
    "custom-element": f"<x-y style=animation-name:spin onanimationstart={RUN}>a</x-y><details open ontoggle={RUN}>",
    "markdown-link": f"[click](javascript:{RUN}) [click]( javascript:{RUN} 'x') [click](JaVaScRiPt:{RUN})",
    "markdown-data": f"[click](data:text/html,<script>{RUN}</script>) [a](<javascript:{RUN}>)",
    "markdown-reference": f"[click][1] and [1]\n\n[1]: javascript:{RUN}",
    "markdown-autolink": f"<javascript:{RUN}> {EVIL}/\"onmouseover='{RUN}'",
    "markdown-image": f"![x]({EVIL}/x.png) ![x](../../../gradebook.db) ![x](attachment:x.svg)",
    "markdown-fence": f"```\n```\n<script>{RUN}</script>\n~~~\n</pre><script>{RUN}</script>",
    "markdown-mermaid": f"```mermaid\n</pre><script>{RUN}</script>\n```",
    "markdown-table": f"| a | b |\n|---|---|\n| <img src=x onerror={RUN}> | [x](javascript:{RUN}) |",
    "markdown-heading": f'# <img src=x onerror={RUN}>\n\n[a](#x)<a id="x" onclick="{RUN}"></a>\n===',
    "mathjax": f"$\\href{{javascript:{RUN}}}{{x}}$ \\$\\\\href{{javascript:{RUN}}}{{x}}\\$ $$\\style{{x}}{{y}}$$",
    "mathematics": f"$a <img src=x onerror={RUN}> b$ \\begin{{align}}<script>{RUN}</script>\\end{{align}}",
    "template": "{{ 7 * 191 }} {% include '/etc/passwd' %} ${7*191} #{7*191} {{ self.__class__ }}",
    "terminal": f"\x1b[31mred\x1b[0m \x1b]8;;{EVIL}\x07click\x1b]8;;\x07 \x1b[2J\x1b]0;title\x07 \x9b31m \r over",
    "bidi": "\u202etxt.exe\u202c \u2066a\u2069 \u200f \u061c // \u2067 } \u2066 if admin",
    "invisible": "ad\u200bmin\u00ad \ufeff\u2060\u180e \U000e0041\U000e0042",
    "controls": "a\x00b\x08\x7f\x85\u2028\u2029\ufffe\ue000",
    "long-line": f"x{'y' * 2_100}<script>{RUN}</script><img src=x onerror={RUN}>",
    "surrogates": "\ud800 \udfff \ud83d",
    "formula": f'=HYPERLINK("{EVIL}","click") \t@SUM(1) \n+1+cmd|\' /C calc\'!A0\n-2',
}
