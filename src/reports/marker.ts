/** What the first line of a comment says: whose it is, and which commit and run it speaks of. */
export type Marker = { readonly id: string; readonly sha: string; readonly run: number };

const pattern =
  /^<!-- assay id=([A-Za-z0-9][A-Za-z0-9._-]{0,63}) sha=([0-9a-f]{7,64}) run=(\d{1,15}) -->\s*(?:\n|$)/;

/** git's own word for "no commit". */
const noCommit = '0'.repeat(7);

/**
 * `<!-- assay id=ID sha=SHA run=N -->`. An id, commit or run number that can't stand in it is replaced by a
 * harmless one, so that nothing leaves the comment's hidden line: run 0 and commit 0000000 mean "none".
 */
export const renderMarker = (id: string, sha: string | null, run: number | null): string => {
  const safeId =
    id
      .replace(/[^A-Za-z0-9._-]/g, '-')
      .replace(/^[^A-Za-z0-9]+/, '')
      .slice(0, 64) || 'assay';
  const safeSha = sha !== null && /^[0-9a-f]{7,64}$/.test(sha) ? sha : noCommit;
  const safeRun = run !== null && Number.isSafeInteger(run) && run >= 0 && run < 1e15 ? run : 0;
  // Two dashes end a comment in some parsers.
  return `<!-- assay id=${safeId.replace(/--+/g, '-')} sha=${safeSha} run=${safeRun} -->`;
};

/** The marker of a comment; null: its first line is none. */
export const parseMarker = (body: string): Marker | null => {
  const match = pattern.exec(body);
  return match?.[1] && match[2] && match[3] ? { id: match[1], sha: match[2], run: Number(match[3]) } : null;
};
