import type * as z from 'zod';
import { ProviderFault } from '../model/provider.ts';

/** A 200 that is not the answer we asked for: the server does not speak this protocol, and will not next time. */
export const shapeFault = (expected: string, error: z.ZodError): ProviderFault => {
  const issue = error.issues[0];
  const where =
    issue === undefined ? '' : ` (${issue.path.map(String).join('.') || 'body'}: ${issue.message})`;
  return new ProviderFault('fatalForCell', `the answer is not ${expected}${where}`, { status: 200 });
};
