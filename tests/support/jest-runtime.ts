import { createRequire, isBuiltin } from 'node:module';
import { compileFunction } from 'node:vm';

import RuntimeModule from 'jest-runtime';

/** Node gives the class itself, while the package's types describe a CommonJS module that holds it. */
const Runtime = RuntimeModule as unknown as typeof RuntimeModule.default;

/** The part of Jest's runtime that turns the code of a module into a function. */
interface Executor {
  readonly injectedModuleParameters: readonly string[];
  compile: (code: string, filename: string) => unknown;
}

/** Loads as Node does, and so only once in the process. */
const requirePackage = createRequire(import.meta.url);

/*
 * Loads graphql-js's `instanceOf` as in production, where it is one comparison: in development it also searches for a second copy of
 * the package each time.
 */
const environment = process.env['NODE_ENV'];
process.env['NODE_ENV'] = 'production';
requirePackage('graphql/jsutils/instanceOf');
process.env['NODE_ENV'] = environment;

/**
 * Loads the project's modules for each test file, as Jest does, but packages only once for all files that a worker runs. Loading and
 * warming up graphql-js, Apollo, TypeORM and so on takes more time than most tests.
 */
export default class SharedPackages extends Runtime {
  constructor(...args: ConstructorParameters<typeof Runtime>) {
    super(...args);
    // Compiles among the worker's own globals, as jest-environment.ts explains.
    const executor = this['executor'] as Executor;
    executor.compile = (code, filename) => compileFunction(code, executor.injectedModuleParameters, { filename });
  }

  /** Its result fits every type that a caller expects. */
  override requireModuleOrMock(from: string, name: string): never {
    const isPackage = !/^[./]|^@jest\/globals$/.test(name) && !isBuiltin(name);
    return isPackage ? (requirePackage(name) as never) : super.requireModuleOrMock(from, name);
  }
}
