type Tool = {
  readonly name: string;
  readonly description?: string;
  readonly parameters: unknown;
  readonly strict?: boolean;
};

/** Reads a tool in any of the three shapes that prompt files use; null: a vendor's own tool, to be passed on as it is. */
const readTool = (value: unknown): Tool | null => {
  if (typeof value !== 'object' || value === null) return null;
  const outer = value as Record<string, unknown>;
  if (outer['type'] !== undefined && outer['type'] !== 'function' && outer['type'] !== 'custom') return null;
  const inner = (outer['function'] ?? outer) as Record<string, unknown>;
  if (typeof inner['name'] !== 'string') return null;
  return {
    name: inner['name'],
    ...(typeof inner['description'] === 'string' ? { description: inner['description'] } : {}),
    parameters: inner['parameters'] ?? inner['input_schema'] ?? { type: 'object', properties: {} },
    ...(typeof inner['strict'] === 'boolean' ? { strict: inner['strict'] } : {}),
  };
};

const mapTools = (tools: unknown, shape: (tool: Tool) => unknown): unknown => {
  if (!Array.isArray(tools)) return tools;
  return tools.map((value: unknown) => {
    const tool = readTool(value);
    return tool === null ? value : shape(tool);
  });
};

/** Chat Completions nests the function. */
export const chatTools = (tools: unknown): unknown =>
  mapTools(tools, (tool) => ({ type: 'function', function: tool }));

/** The Responses API has it flat, and wants `strict` said. */
export const responsesTools = (tools: unknown): unknown =>
  mapTools(tools, ({ strict = false, ...tool }) => ({ type: 'function', ...tool, strict }));

/** Anthropic calls the parameters `input_schema`. */
export const messagesTools = (tools: unknown): unknown =>
  mapTools(tools, ({ parameters, ...tool }) => ({ ...tool, input_schema: parameters }));

/** The tool that a choice names, in either of OpenAI's shapes or Anthropic's. */
const chosenName = (choice: unknown): string | null => {
  if (typeof choice !== 'object' || choice === null) return null;
  const { name, function: nested } = choice as { name?: unknown; function?: { name?: unknown } };
  const found = nested?.name ?? name;
  return typeof found === 'string' ? found : null;
};

/** `auto`, `none`, `required` are the same in both of OpenAI's APIs; a named function is flat in Responses. */
export const responsesToolChoice = (choice: unknown): unknown => {
  const name = chosenName(choice);
  return name === null ? choice : { type: 'function', name };
};

export const messagesToolChoice = (choice: unknown): unknown => {
  if (choice === 'required') return { type: 'any' };
  if (typeof choice === 'string') return { type: choice };
  const name = chosenName(choice);
  return name === null ? choice : { type: 'tool', name };
};
