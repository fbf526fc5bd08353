import { createRequire as __createRequire } from 'node:module';const require = __createRequire(import.meta.url);
var e=(r,t,a)=>r==="auto"?Math.max(1,Math.min(Math.ceil(t/10),a,256)):r,n=r=>({include:Array.from({length:r},(t,a)=>({shard:`${a+1}/${r}`}))});export{e as a,n as b};
