import { access, constants, lstat, mkdir, stat } from 'node:fs/promises';
import { dirname, resolve, sep } from 'node:path';
import { userError } from '../model/errors.ts';

/** A link on the way from the working directory would lead what is written to somewhere else. */
const refuseLinks = async (target: string, cwd: string): Promise<void> => {
  for (let at = target; at.startsWith(`${cwd}${sep}`); at = dirname(at)) {
    const status = await lstat(at).catch(() => null);
    if (!status?.isSymbolicLink()) continue;
    throw userError('linked-folder', `the reports can't be written: ${at} is a symbolic link`, {
      expected: 'a folder',
      nextStep: 'Remove the link, or pass another folder with --out',
    });
  }
};

/** One segment after the other: a recursive mkdir does not come back from places such as /proc. */
const makeFolder = async (path: string): Promise<void> => {
  const status = await stat(path).catch(() => null);
  if (status?.isDirectory()) return;
  if (status !== null) throw new Error(`${path} is not a folder`);
  await makeFolder(dirname(path));
  await mkdir(path);
};

/** Makes the folder of the reports, before anything is paid for. Throws a UserError where it can't be written. */
export const prepareFolder = async (folder: string, cwd: string): Promise<string> => {
  const target = resolve(cwd, folder);
  await refuseLinks(target, resolve(cwd));
  try {
    await makeFolder(target);
    await access(target, constants.W_OK);
  } catch (error) {
    throw userError(
      'unwritable-folder',
      `--out is "${folder}", which can't be written: ${(error as Error).message}`,
      {
        expected: 'a folder, or a path where one can be made',
        nextStep: 'Pass another folder with --out',
      },
    );
  }
  return target;
};
