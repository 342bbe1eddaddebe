/** The parameters of every measurement. */
export interface Run {
  /** How long a measurement repeats what it measures. */
  readonly seconds: number;
  /** Aborted on Ctrl-C. */
  readonly signal: AbortSignal;
  /** Logs the progress. */
  readonly log: (text: string) => void;
}
