import { createRequire as __createRequire } from 'node:module';const require = __createRequire(import.meta.url);
import{i as a,j as b}from"./chunk-XJSPTCLX.js";import"./chunk-D4LVHPBF.js";import"./chunk-E2OOSNG7.js";import"./chunk-LJUNMWM3.js";import"./chunk-BOY55NQG.js";import"./chunk-UQSYRTB2.js";import"./chunk-OB3JV4II.js";export{a as printers,b as writeReports};
