import { createRequire as __createRequire } from 'node:module';const require = __createRequire(import.meta.url);
import{a as l,c as u}from"./chunk-LJUNMWM3.js";var h=(t,i)=>{u("share",i,0,1);for(let r of t)l("value",r);if(t.length===0)return null;let e=t.toSorted((r,a)=>r-a),o=(e.length-1)*i,n=e[Math.floor(o)]??0,c=e[Math.ceil(o)]??n;return n+(c-n)*(o-Math.floor(o))};export{h as a};
