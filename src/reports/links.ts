/** Where a report may point to; null: there is no such place. All other addresses are never linked. */
export type ReportLinks = {
  /** `https://github.com/owner/name`. */
  readonly repositoryUrl: string | null;
  /** The commit whose files are linked to. */
  readonly sha: string | null;
  /** The workflow run. */
  readonly runUrl: string | null;
  /** The HTML report (an artifact). */
  readonly reportUrl: string | null;
};

/** `encodeURIComponent`, and the characters that it leaves but that end a Markdown link. */
const encode = (text: string): string =>
  encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*~]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** An address of our own surroundings, or null where it is none that can stand in a Markdown link as it is. */
export const safeUrl = (url: string | null): string | null =>
  url !== null && url.length <= 1000 && /^https?:\/\/[\w.:[\]-]+(\/[\w.~:/?#@!$&+,;=%-]*)?$/.test(url)
    ? url
    : null;

/** A line of a file at the commit that was tested. */
export const fileUrl = (
  { repositoryUrl, sha }: ReportLinks,
  file: string,
  line: number | null,
): string | null => {
  const repository = safeUrl(repositoryUrl);
  if (repository === null || sha === null || !/^[0-9a-f]{7,64}$/.test(sha)) return null;
  const path = file.split('/').map(encode).join('/');
  return `${repository.replace(/\/$/, '')}/blob/${sha}/${path}${line === null ? '' : `#L${line}`}`;
};

/** A cell in the HTML report (`report.html#case=…`). */
export const cellUrl = ({ reportUrl }: ReportLinks, cell: string): string | null => {
  const report = safeUrl(reportUrl);
  return report === null ? null : `${report}#case=${encode(cell)}`;
};
