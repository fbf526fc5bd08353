import { createRequire as __createRequire } from 'node:module';const require = __createRequire(import.meta.url);
import{a}from"./chunk-JKG45OOB.js";import"./chunk-OB3JV4II.js";export default a();
