/** What a token must be allowed to do, for what. `null`: nothing beyond running. */
export type FeaturePermission = {
  readonly feature: string;
  /** As it stands under `permissions:` of the job. */
  readonly permission: string | null;
  /** What happens without it. */
  readonly without: string;
};

/** Feature → permission, the least first: the README's table, `doctor` and the notes of a run are made of it. */
export const permissions = {
  gate: {
    feature: 'the gate: the job itself passes or fails, with summary, artifact and outputs',
    permission: 'contents: read',
    without: 'a private repository cannot be checked out',
  },
  comment: {
    feature: 'the comment on the pull request',
    permission: 'pull-requests: write',
    without: 'the job summary says it instead',
  },
  check: {
    feature: 'the report as a check run with annotations on the changed lines',
    permission: 'checks: write',
    without: 'up to ten annotations of a kind come from the log instead',
  },
} as const satisfies Record<string, FeaturePermission>;
