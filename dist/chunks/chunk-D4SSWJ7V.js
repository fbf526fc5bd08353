import { createRequire as __createRequire } from 'node:module';const require = __createRequire(import.meta.url);
var n=(t,r)=>`${t} ${r}${t===1?"":"s"}`,s=t=>`${(t*100).toFixed(1)} %`,e=t=>`${t<0?"−":"+"}${Math.abs(t*100).toFixed(1)}`,o=t=>t<.001?"p < 0.001":`p = ${t.toFixed(3)}`;export{n as a,s as b,e as c,o as d};
