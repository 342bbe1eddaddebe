/** The parameters of every measurement. */
export interface Run {
  /** How long a measurement repeats what it measures. */
  readonly seconds: number;
  /** Aborted on Ctrl-C. */
  readonly signal: AbortSignal;
  /** Logs the progress. */
  readonly log: (text: string) => void;
}

/** Whether it has less than a second, as only tests have: nothing is repeated, because the figures are not used. */
export const isTrial = ({ seconds }: Pick<Run, 'seconds'>): boolean => seconds < 1;
