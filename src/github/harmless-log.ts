/**
 * Text for the log of a job, of which no line is a command to the runner. The runner reads stdout and stderr
 * alike: a line whose first characters, white space aside, are `::` is a command, and so is the older `##[`
 * anywhere in a line (actions/runner, ActionCommand.cs). Messages quote what a pull request or a model wrote,
 * so everything that the Action prints goes through here, save the commands that @actions/core makes itself.
 */
export const harmlessLog = (text: string): string =>
  text.replace(/^(?=[^\S\r\n]*::)/gm, '|').replaceAll('##[', '# #[');
