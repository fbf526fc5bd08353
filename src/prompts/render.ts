export {
  renderPrompt,
  renderText,
  templateProblem,
  templateVariables,
  textVariables,
  unusedVariables,
} from './render-prompt.ts';
export { variableFindings } from './variable-findings.ts';
