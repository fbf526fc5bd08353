import picomatch from 'picomatch';
import { userError } from '../model/errors.ts';

/** Where suites are looked for when no policy names any. */
export const defaultSuiteGlobs = [
  '**/promptfooconfig.{yaml,yml}',
  '**/*.suite.{yml,yaml}',
  '**/*.prompt.{yml,yaml}',
] as const;

const never = ['**/node_modules/**', '**/.git/**', '**/.assay/**'];

/** Paths of `files` that the globs name, sorted. `dot` folders count: `.github/prompts` is a usual place. */
export const findSuites = (files: readonly string[], globs: readonly string[]): string[] => {
  const patterns = globs.length > 0 ? globs : defaultSuiteGlobs;
  const matches = picomatch(
    [...patterns].map((glob) => glob.replace(/^\.\//, '')),
    { dot: true, ignore: never },
  );
  return files.filter((file) => matches(file)).toSorted();
};

/** `--suite GLOB`: by path, file name, or short name. `**` is all of them. */
export const filterSuites = (paths: readonly string[], glob: string): string[] => {
  const matches = picomatch(glob.replace(/^\.\//, ''), { dot: true });
  return paths.filter((path) => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    return matches(path) || matches(name) || matches(suiteName(path));
  });
};

/** `suites/support.suite.yml` → `support`; a promptfooconfig is called after its folder. */
export const suiteName = (path: string): string => {
  const parts = path.split('/');
  const file = parts.at(-1) ?? path;
  if (/^promptfooconfig\./.test(file)) return parts.at(-2) ?? 'promptfooconfig';
  return file.replace(/\.(suite|prompt)\.(ya?ml|json)$/, '').replace(/\.(ya?ml|json)$/, '');
};

/** Nothing found is bad configuration, with the list of where it looked. */
export const noSuites = (globs: readonly string[], policyFile: string | null) =>
  userError('no-suites', 'no suite of prompts and cases was found', {
    place: policyFile === null ? null : { file: policyFile, line: 1, column: 1 },
    expected: `a file that matches ${(globs.length > 0 ? globs : defaultSuiteGlobs).join(', ')} (a .prompt.yml needs testData)`,
    nextStep:
      policyFile === null
        ? 'Add a suite, or an assay.yml whose `suites` names yours'
        : 'Add a suite, or correct `suites`',
  });
