import { createRequire as __createRequire } from 'node:module';const require = __createRequire(import.meta.url);
import{B as r,y as e}from"./chunks/chunk-L4B54PSO.js";import"./chunks/chunk-OB3JV4II.js";export{r as compareAnswers,e as runResultSchema};
