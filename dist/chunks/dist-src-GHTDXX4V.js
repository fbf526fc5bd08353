import { createRequire as __createRequire } from 'node:module';const require = __createRequire(import.meta.url);
import{a as t,b as o,c as r,e}from"./chunk-CKESN7B5.js";import"./chunk-WMA6U4PK.js";import"./chunk-OB3JV4II.js";var i="22.0.1";var a=t.plugin(o,e,r).defaults({userAgent:`octokit-rest.js/${i}`});export{a as Octokit};
