/** A template that does not parse or cannot be rendered; `offset` is where in its text, null where that is not known. */
export class TemplateProblem extends Error {
  readonly offset: number | null;

  constructor(message: string, offset: number | null = null, options?: ErrorOptions) {
    super(message, options);
    this.name = 'TemplateProblem';
    this.offset = offset;
  }
}
