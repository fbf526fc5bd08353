import { createRequire as __createRequire } from 'node:module';const require = __createRequire(import.meta.url);
import{a as r}from"./chunks/chunk-5KFJEPCY.js";import{y as e}from"./chunks/chunk-UQSYRTB2.js";import"./chunks/chunk-OB3JV4II.js";export{r as compareAnswers,e as runResultSchema};
