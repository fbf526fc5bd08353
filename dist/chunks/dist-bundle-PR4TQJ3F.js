import { createRequire as __createRequire } from 'node:module';const require = __createRequire(import.meta.url);
import{a,b}from"./chunk-4TLIZAIK.js";import"./chunk-WMA6U4PK.js";import"./chunk-VRTFDTBI.js";import"./chunk-OB3JV4II.js";export{a as VERSION,b as retry};
