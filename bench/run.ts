/** What every measurement is given. */
export interface Run {
  /** How long a measurement may repeat what it measures. */
  readonly seconds: number;
  /** Given when the person at the terminal has seen enough. */
  readonly signal: AbortSignal;
  /** Says what is going on. */
  readonly log: (text: string) => void;
}
