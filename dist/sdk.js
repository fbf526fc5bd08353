import { createRequire as __createRequire } from 'node:module';const require = __createRequire(import.meta.url);
import{a as r}from"./chunks/chunk-25BSHPSJ.js";import{c as e}from"./chunks/chunk-SJJAJFAS.js";import"./chunks/chunk-5AEKEW6U.js";import"./chunks/chunk-OB3JV4II.js";export{r as compareAnswers,e as runResultSchema};
