import type { ActionInputs } from '../github/inputs.ts';
import type { Trigger } from '../github/trigger.ts';
import { type UserError, userError } from '../model/errors.ts';

/** What an event asks for under `command: auto`; null: this version does nothing on it. */
const byEvent: { readonly [Kind in Trigger['kind']]: 'test' | null } = {
  pullRequest: 'test',
  mergeGroup: 'test',
  push: 'test',
  workflowDispatch: 'test',
  schedule: null,
  repositoryDispatch: null,
  issueComment: null,
  workflowRun: null,
  unsafe: null,
  unsupported: null,
};

/** `command: auto` chooses by event; anything that this version can't do is refused before anything is called. */
export const eventCommand = (trigger: Trigger, inputs: ActionInputs): 'test' => {
  if (trigger.kind === 'unsafe' || trigger.kind === 'unsupported')
    throw refused(trigger.kind, trigger.message);
  if (inputs.mode !== 'live')
    throw refused(
      'mode',
      `input mode is "${inputs.mode}", which this version does not support; expected live`,
    );
  if (inputs.shard !== null)
    throw refused('shard', 'input shard is set, and this version does not support shards yet');
  const command = inputs.command === 'auto' ? byEvent[trigger.kind] : inputs.command;
  if (command === 'test') return command;
  throw refused(
    'command',
    command === null
      ? `this version has nothing to do on the event ${trigger.kind}; remove it from \`on:\` of the workflow`
      : `input command is "${command}", which this version does not support; expected test`,
  );
};

const refused = (code: string, message: string): UserError => userError(code, message);
