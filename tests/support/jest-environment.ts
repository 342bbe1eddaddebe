import type { EnvironmentContext, JestEnvironment, JestEnvironmentConfig } from '@jest/environment';
import { ModernFakeTimers } from '@jest/fake-timers';
import { ModuleMocker } from 'jest-mock';

/**
 * Runs tests among the worker's own globals, while Jest's own environments create others for each test file. Only so can tests
 * share packages with each other (see jest-runtime.ts): an `Error` of a package is an `Error` of the test.
 */
export default class SharedGlobals implements JestEnvironment {
  readonly global = globalThis as unknown as JestEnvironment['global'];
  readonly moduleMocker = new ModuleMocker(globalThis);
  readonly fakeTimers = null;
  readonly fakeTimersModern: ModernFakeTimers;
  private readonly exit = process.exit.bind(process);

  constructor({ projectConfig }: JestEnvironmentConfig, _context: EnvironmentContext) {
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
  }

  readonly exportConditions = (): string[] => ['node', 'node-addons'];
  readonly getVmContext = (): null => null;
  readonly setup = (): Promise<void> => Promise.resolve();

  readonly teardown = (): Promise<void> => {
    this.fakeTimersModern.dispose();
    // Jest replaces it for each test file.
    process.exit = this.exit;
    return Promise.resolve();
  };
}
