import { ClientPace } from './client-pace.js';

/** Fifty rejections a second. A client that sends a burst learns immediately what it may send. */
const rejections = { intervalMs: 20, burst: 20 } as const;

/** Whether an operation was rejected, with this status: to parse and validate it took milliseconds. */
export const isRejection = (status: number): boolean => status >= 400 && status < 500;

/**
 * Delays the rejections of a client that exceeds its limits, or sends invalid operations, again and again, and its preflight requests
 * and probes, which have no cost: without a delay, reading and rejecting the requests of 500 connections, or validating those of eight,
 * takes all of a process's time.
 */
export class RejectionPace extends ClientPace {
  constructor() {
    super(rejections);
  }
}
