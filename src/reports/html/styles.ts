/**
 * The page's style sheet. Colours are CSS variables, light and dark; every pair of text and ground is at least
 * 4.5 : 1 (WCAG AA), and no meaning hangs on colour alone: signs, words and the kind of underline carry it too.
 */
export const styles = `
:root{color-scheme:light dark;
--ground:#f7f7f5;--surface:#fff;--sunken:#f3f4f4;--text:#1c2024;--muted:#59616b;--line:#dcdfe3;--link:#1450ad;
--bad:#ae241c;--bad-ground:#fdf0ee;--good:#19693a;--good-ground:#edf6f0;--warn:#7d4b00;--warn-ground:#fdf4e3;--ask:#50478f;--ask-ground:#f2f0fb;
--removed:#ffdfda;--added:#d3f0dc;--focus:#1450ad}
@media (prefers-color-scheme:dark){:root{
--ground:#121417;--surface:#191c20;--sunken:#202429;--text:#e3e6e9;--muted:#a2abb5;--line:#31373e;--link:#86b6ff;
--bad:#ff9a90;--bad-ground:#2d1a19;--good:#7fd39c;--good-ground:#16261c;--warn:#efbe6b;--warn-ground:#2b2213;--ask:#b9b0f5;--ask-ground:#211e33;
--removed:#5c2723;--added:#1c4a2d;--focus:#86b6ff}}
*{box-sizing:border-box}
html{scroll-padding-top:1rem;-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--ground);color:var(--text);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
.page{max-width:76rem;margin:0 auto;padding:0 1.25rem 4rem}
a{color:var(--link);text-underline-offset:.15em}
:focus-visible{outline:2px solid var(--focus);outline-offset:2px;border-radius:3px}
h1,h2,h3,h4,p,ul,ol,dl,dd,table,pre,figure{margin:0;padding:0}
h2{font-size:1.15rem;line-height:1.3;margin:0 0 .75rem}
h3{font-size:1rem;margin:0 0 .5rem}
h3 small{font-weight:400}
h4 a{font-weight:400}
h4{font-size:.8rem;font-weight:600;color:var(--muted);margin:0 0 .35rem}
code,.mono{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;font-size:.88em}
small,.small{font-size:.85rem}
code.name{font:inherit;background:var(--sunken);border-radius:3px;padding:0 .15em;-webkit-box-decoration-break:clone;box-decoration-break:clone}
h1 code.name{background:none;padding:0}
.notes code.name{background:none;padding:0;font-weight:600}
.muted{color:var(--muted)}
.nowrap{white-space:nowrap}
.skip{position:absolute;left:-99rem}
.skip:focus{left:1rem;top:.5rem;background:var(--surface);padding:.5rem 1rem;z-index:1}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.bad{color:var(--bad)}.good{color:var(--good)}.warn{color:var(--warn)}.ask{color:var(--ask)}
.sign{display:inline-block;min-width:1.1em;text-align:center;font-weight:700}

.verdict{background:var(--surface);border-bottom:1px solid var(--line);border-top:5px solid var(--tone)}
.verdict .page{padding-top:1.5rem;padding-bottom:1.25rem}
.verdict.fail{--tone:var(--bad);--tone-ground:var(--bad-ground)}
.verdict.pass{--tone:var(--good);--tone-ground:var(--good-ground)}
.verdict.needsApproval{--tone:var(--warn);--tone-ground:var(--warn-ground)}
.verdict.undecided{--tone:var(--ask);--tone-ground:var(--ask-ground)}
.eyebrow{font-size:.85rem;color:var(--muted);margin-bottom:.35rem}
h1{font-size:clamp(1.3rem,1rem + 1.6vw,1.75rem);line-height:1.25;letter-spacing:-.01em;display:flex;gap:.6rem;align-items:flex-start}
h1 .sign{flex:none;color:var(--tone);background:var(--tone-ground);border:1px solid;border-radius:50%;width:1.5em;height:1.5em;line-height:1.42em;font-size:.95em}
.lead{margin-top:.6rem;max-width:62rem}
.reasons{list-style:none;margin-top:.9rem;display:grid;gap:.3rem}
.reasons li{padding-left:1.6rem;text-indent:-1.6rem}
.reasons .sign{width:1.6rem;text-indent:0;text-align:left}
.notes{list-style:none;margin-top:.9rem;display:grid;gap:.3rem}
.notes li{background:var(--warn-ground);border-left:3px solid var(--warn);padding:.35rem .75rem;border-radius:0 4px 4px 0}
.facts{display:flex;flex-wrap:wrap;gap:.5rem 1.75rem;margin-top:1.1rem;padding-top:.9rem;border-top:1px solid var(--line);font-size:.85rem}
.facts dt{color:var(--muted)}
.facts dd{font-weight:500}

.contents{display:flex;flex-wrap:wrap;gap:.25rem 1.1rem;padding:.8rem 0;font-size:.9rem}
main>section{background:var(--surface);border:1px solid var(--line);border-radius:8px;padding:1.1rem 1.25rem 1.25rem;margin-bottom:1rem}
.wide{overflow-x:auto;margin:0 -1.25rem;padding:0 1.25rem}
table{border-collapse:collapse;width:100%;font-size:.9rem}
th,td{text-align:left;vertical-align:top;padding:.5rem .75rem .5rem 0;border-top:1px solid var(--line)}
thead td{border:0}
thead th{border-top:0;font-weight:600;font-size:.85rem;color:var(--muted);vertical-align:bottom;padding-top:0}
tbody th{font-weight:600}
.count{font-size:1.02rem;font-weight:600}
.matrix td{min-width:10.5rem}
.matrix tbody th{min-width:7rem;max-width:18rem}
.matrix a{text-decoration:none}
.matrix a:hover,.matrix a:focus-visible{text-decoration:underline}
.legend{margin-top:.6rem;font-size:.85rem;color:var(--muted)}
.interval{display:block;width:8.5rem;height:14px;margin:.15rem 0;overflow:visible}
.interval line{stroke:var(--line);stroke-width:1}
.interval .zero{stroke:var(--muted)}
.interval .range{stroke:currentColor;stroke-width:2}
.interval circle{fill:currentColor}
.sentences{list-style:none;display:grid;gap:.3rem;margin-top:.9rem;padding-top:.8rem;border-top:1px solid var(--line);font-size:.9rem}
.summary{margin-bottom:.8rem}
.findings{list-style:none}
.findings>li{display:grid;grid-template-columns:1.6rem minmax(0,1fr);padding:.45rem 0;border-top:1px solid var(--line)}
.findings>li:first-child{border-top:0;padding-top:0}
.findings summary{color:var(--muted);font-size:.85rem}

details>summary{cursor:pointer}
summary::marker{color:var(--muted)}
.pill{display:inline-block;border:1px solid;border-radius:99px;padding:0 .5em;font-size:.78rem;line-height:1.5;white-space:nowrap}
q{quotes:"“" "”";background:var(--sunken);border-radius:3px;padding:0 .2em}

.diff{background:var(--sunken);border-radius:6px;padding:.7rem .9rem;white-space:pre-wrap;font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;font-size:.82rem;line-height:1.6;margin-bottom:.9rem}
del,ins{text-decoration:none;color:inherit;border-radius:2px;-webkit-box-decoration-break:clone;box-decoration-break:clone}
del{background:var(--removed);border-bottom:2px dashed var(--bad)}
ins{background:var(--added);border-bottom:2px solid var(--good)}
del .mark,ins .mark{font-weight:700;-webkit-user-select:none;user-select:none}
del .mark{color:var(--bad)}ins .mark{color:var(--good)}
.elided{display:block;color:var(--muted);font-family:system-ui,sans-serif;text-align:center}

.filters{display:flex;flex-wrap:wrap;gap:.6rem;margin-bottom:1rem;align-items:end}
.filters[hidden]{display:none}
.filters label{display:grid;gap:.15rem;font-size:.8rem;color:var(--muted);min-width:0;flex:1 1 8rem}
.filters .search{flex:3 1 16rem}
.filters input,.filters select,.filters button{font:inherit;font-size:.9rem;color:var(--text);background:var(--surface);border:1px solid var(--muted);border-radius:5px;padding:.35rem .5rem;width:100%;min-width:0;min-height:2.3rem}
.filters output{flex-basis:100%;font-size:.85rem;color:var(--muted)}
.suite{margin-top:1.4rem}
.suite>h3{display:flex;flex-wrap:wrap;gap:0 .6rem;align-items:baseline;padding-bottom:.4rem;border-bottom:2px solid var(--line);margin:0}
.suite>h3 small{font-weight:400;color:var(--muted)}
.fold>summary{padding:.6rem .25rem;color:var(--muted)}
.cell{border-bottom:1px solid var(--line);content-visibility:auto;contain-intrinsic-size:auto 2.6rem}
.cell>summary{display:grid;grid-template-columns:1.4rem minmax(0,1fr) minmax(0,11rem) minmax(0,17rem);gap:0 .6rem;padding:.5rem .25rem;align-items:baseline;list-style:none}
.cell>summary::-webkit-details-marker{display:none}
.cell>summary:hover{background:var(--sunken)}
.cell>summary .name{font-weight:600}
.cell>summary .name::after{content:"▸";color:var(--muted);font-weight:400;font-size:.8em;margin-left:.45em;display:inline-block}
.cell[open]>summary .name::after{content:"▾"}
.cell>summary .outcome{text-align:right}
.body{padding:.25rem .25rem 1.5rem 2.25rem;display:grid;grid-template-columns:minmax(0,1fr);gap:1.1rem;scroll-margin-top:4rem}
.body:target{outline:none}
.cell:has(>.body:target){box-shadow:-4px 0 0 var(--link)}
.asked{white-space:pre-wrap;border-left:3px solid var(--line);padding:.1rem 0 .1rem .8rem}
.sides{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:1rem}
.side{border:1px solid var(--line);border-radius:6px;display:flex;flex-direction:column;min-width:0}
.side>h4{padding:.4rem .8rem;margin:0;border-bottom:1px solid var(--line);color:var(--text);display:flex;flex-wrap:wrap;gap:0 .6rem;justify-content:space-between}
.side>h4 small{font-weight:400;color:var(--muted)}
.answer{white-space:pre-wrap;padding:.7rem .8rem;font:inherit;flex:1;max-height:34rem;overflow:auto}
.answer.code{font:.82rem/1.55 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
.measures{display:flex;flex-wrap:wrap;gap:0 .9rem;list-style:none;padding:.35rem .8rem;border-top:1px solid var(--line);font-size:.8rem;color:var(--muted)}
.no-answer{padding:.7rem .8rem;color:var(--muted);flex:1}
.checks td,.checks th,.trials td,.trials th{padding-top:.35rem;padding-bottom:.35rem;font-size:.86rem}
.checks tbody th{font-weight:400;width:38%}
.checks td:nth-child(2),.checks td:nth-child(3),.checks thead th{white-space:nowrap}
.trials .answer{padding:0;max-height:14rem}
.plain{list-style:none;display:flex;flex-wrap:wrap;gap:.1rem 1rem;font-size:.86rem}
.meaning{list-style:none;display:grid;gap:.3rem}
.place{font-size:.82rem;color:var(--muted);display:flex;flex-wrap:wrap;gap:0 1rem}
footer{color:var(--muted);font-size:.85rem;padding-top:.5rem}

@media (max-width:46rem){
.stack thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.stack,.stack tbody,.stack tr,.stack tbody th,.stack td{display:block}
.stack tbody th,.stack td{width:auto;max-width:none;min-width:0;border:0;padding:.1rem 0}
.stack tbody tr{border-top:1px solid var(--line);padding:.5rem 0}
.stack tbody tr:first-child{border-top:0;padding-top:0}
.stack td[data-label]::before{content:attr(data-label) " ";color:var(--muted)}
.matrix td{padding:.4rem 0}
.matrix td[data-label]::before{display:block;font-size:.85rem}
.checks td:nth-child(2),.checks td:nth-child(3){display:inline-block;margin-right:1.5rem}
.page{padding-left:.9rem;padding-right:.9rem}
main>section{padding:.9rem;border-radius:0;margin-left:-.9rem;margin-right:-.9rem;border-left:0;border-right:0}
.wide{margin:0 -.9rem;padding:0 .9rem}
.sides{grid-template-columns:minmax(0,1fr)}
.cell>summary{grid-template-columns:1.4rem minmax(0,1fr) auto;row-gap:.1rem}
.cell>summary .model{grid-column:2;grid-row:2;font-size:.85rem}
.cell>summary .outcome{grid-column:2/-1;grid-row:3;text-align:left;font-size:.85rem}
.cell>summary .name{grid-column:2/-1}
.body{padding-left:.25rem}
.filters label{flex-basis:40%}
.filters .search{flex-basis:100%}
}
@media print{
:root{--ground:#fff;--surface:#fff}
body{font-size:10pt}
.contents,.filters,.skip{display:none}
main>section{border:0;padding:0}
.cell{content-visibility:visible;break-inside:avoid-page}
.answer{max-height:none}
a{color:inherit}
}
@media (forced-colors:active){del,ins{border-bottom-color:CanvasText}}
`;
