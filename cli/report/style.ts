/** How a report looks: on a screen, light and dark, narrow and wide, and on paper. */
export const STYLE = `
:root{color-scheme:light dark;--page:#fff;--ink:#1b1f24;--dim:#57606a;--line:#d0d7de;--soft:#f6f8fa;--good:#116329;--good-soft:#dafbe1;--bad:#b31d28;--bad-soft:#ffebe9;--unsure:#7d4e00;--unsure-soft:#fff8c5;--bug:#d1242f;--fixed:#2da44e;--here:#0969da}
@media (prefers-color-scheme:dark){:root{--page:#0d1117;--ink:#e6edf3;--dim:#9198a1;--line:#3d444d;--soft:#151b23;--good:#56d364;--good-soft:#12261e;--bad:#ff938a;--bad-soft:#2d1417;--unsure:#e3b341;--unsure-soft:#272115;--bug:#f85149;--fixed:#3fb950;--here:#58a6ff}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI","Liberation Sans",sans-serif}
main,footer{max-width:800px;margin:0 auto;padding:0 20px}
main{padding-top:28px}
footer{padding:24px 20px 40px;color:var(--dim);font-size:14px}
h1{font-size:26px;line-height:1.25;margin:0 0 16px;overflow-wrap:anywhere}
h2{font-size:20px;line-height:1.3;margin:40px 0 12px;padding-top:20px;border-top:2px solid var(--line);overflow-wrap:anywhere}
h3{font-size:13px;letter-spacing:.06em;text-transform:uppercase;color:var(--dim);margin:26px 0 8px}
p{margin:8px 0;overflow-wrap:anywhere}
a{color:var(--here)}
code,pre,.code,dd{font-family:ui-monospace,"SF Mono",Menlo,Consolas,"Liberation Mono",monospace;font-size:14px}
pre{background:var(--soft);border:1px solid var(--line);border-radius:6px;padding:10px 12px;overflow-x:auto;margin:8px 0;line-height:1.45}
ul,ol{margin:8px 0;padding-left:24px}
li{margin:4px 0;overflow-wrap:anywhere}
dl{margin:8px 0}
dl div{display:grid;grid-template-columns:150px 1fr;gap:12px;padding:3px 0}
dt{color:var(--dim);overflow-wrap:anywhere}
dd{margin:0;overflow-wrap:anywhere;padding-top:1px}
table{border-collapse:collapse;width:100%;font-size:14px}
th,td{text-align:left;padding:5px 10px 5px 0;border-bottom:1px solid var(--line);vertical-align:top}
th{color:var(--dim);font-weight:600}
.number{font-variant-numeric:tabular-nums}
.dim{color:var(--dim);fill:var(--dim)}
.good{color:var(--good);fill:var(--good)}
.bad{color:var(--bad);fill:var(--bad)}
.conclusion{font-weight:600;font-size:18px;padding:12px 16px;border-radius:8px;border-left:5px solid currentColor}
.conclusion.good{background:var(--good-soft)}
.conclusion.bad{background:var(--bad-soft)}
.conclusion.unknown{background:var(--unsure-soft);color:var(--unsure)}
.badge{font-size:12px;font-weight:600;padding:1px 8px;border-radius:10px;white-space:nowrap}
.badge.good{background:var(--good-soft)}
.badge.bad{background:var(--bad-soft)}
.badge.unknown{background:var(--unsure-soft);color:var(--unsure)}
.subject{font-weight:600;font-size:17px}
.evidence{list-style:none;padding-left:1.2em;text-indent:-1.2em}.evidence li>*{text-indent:0}
.evidence .good,.evidence .bad{font-weight:700;display:inline-block;width:1.2em}
.contents{padding-left:0;list-style:none}
.picture{overflow-x:auto}
svg{display:block;width:100%;height:auto;min-width:560px}
svg text{font-size:14px;fill:var(--ink)}
svg text.good{fill:var(--good);font-weight:600}
svg text.bad{fill:var(--bad);font-weight:600}
svg text.dim{fill:var(--dim)}
svg .name{font-weight:600}
svg .small{font-size:12px;fill:var(--dim)}
svg tspan.dim{fill:var(--dim)}
.bug{fill:var(--bug)}
.fixed{fill:var(--fixed)}
.none{fill:none;stroke:var(--line);stroke-dasharray:4 3}
.here{fill:var(--here);stroke:var(--page);stroke-width:2}
.frame{fill:var(--soft);stroke:var(--line)}
.unsure{stroke-dasharray:4 3;fill:none}
.crashed{fill:var(--bad-soft);stroke:var(--bad);stroke-width:2}
.call{fill:none;stroke:var(--dim);stroke-width:1.5}
@media (max-width:560px){main,footer{padding-left:14px;padding-right:14px}h1{font-size:22px}dl div{grid-template-columns:1fr;gap:0;padding:5px 0}}
@media print{:root{color-scheme:light;--page:#fff;--ink:#000;--dim:#444;--line:#bbb;--soft:#fff;--good:#0b5120;--good-soft:#fff;--bad:#8f0f1a;--bad-soft:#fff;--unsure:#5c3a00;--unsure-soft:#fff;--bug:#c9303b;--fixed:#2a8a46;--here:#0b4fa8}
@page{margin:16mm}
body{font-size:11pt}main,footer{max-width:none;padding:0}pre{white-space:pre-wrap}h2{break-before:page;border-top:0;padding-top:0}h3,dt,p:has(+pre){break-after:avoid}svg,pre,table,.conclusion{break-inside:avoid}svg{min-width:0}.badge,.conclusion,svg{print-color-adjust:exact;-webkit-print-color-adjust:exact}.contents a{color:inherit;text-decoration:none}}
`;
