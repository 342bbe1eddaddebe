import * as asyncHooks from 'node:async_hooks';
import { createRequire, isBuiltin } from 'node:module';
import { Script } from 'node:vm';

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
 * Loads these as in production, and not as in development: there graphql-js's `instanceOf` also searches for a second copy of the package
 * each time, and React records where each element was created.
 */
const environment = process.env['NODE_ENV'];
process.env['NODE_ENV'] = 'production';
for (const name of ['graphql/jsutils/instanceOf', 'react/jsx-runtime', 'react-dom/server']) requirePackage(name);
process.env['NODE_ENV'] = environment;

/** What the worker has compiled, by file name. Each run of a script makes its functions anew, from code that is compiled already. */
const scripts = new Map<string, { readonly code: string; readonly script: Script }>();

function compile(code: string, filename: string, parameters: readonly string[]): unknown {
  let compiled = scripts.get(filename);
  if (compiled?.code !== code) {
    compiled = { code, script: new Script(`(function(${parameters.join()}){${code}\n})`, { filename }) };
    scripts.set(filename, compiled);
  }
  return compiled.script.runInThisContext();
}

/** Whether a module is neither the project's nor Node's own. */
const isPackage = (name: string): boolean => !/^[./]/.test(name) && !isBuiltin(name);

/** The storages of the test file. */
const storages = new Set<asyncHooks.AsyncLocalStorage<unknown>>();

/** Records the storages that Jest and the project's modules create for each test file. */
class RecordedStorage<T> extends asyncHooks.AsyncLocalStorage<T> {
  constructor() {
    super();
    storages.add(this);
  }
}
const recordedHooks = { ...asyncHooks, AsyncLocalStorage: RecordedStorage };

/** The modules of the project that the worker has loaded, by path. */
const modules = new Map<string, unknown>();
/** Where the source map of each is. */
const sourceMaps = new Map<string, string>();

const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path);

/** The part of Jest's runtime that finds the file of a module. */
interface Resolution {
  readonly resolveCjs: (from: string, name: string) => string;
}

/** Loads a module for the test file that the worker runs. */
let load: (from: string, name: string) => never;

/**
 * Loads a module only once for all test files that a worker runs, as a process does, except for the test files themselves; Jest does it
 * for each test file. Loading and warming up modules takes more time than most tests. State that a module keeps outlives a test file.
 */
export default class SharedModules extends Runtime {
  private isOver = false;

  constructor(...args: ConstructorParameters<typeof Runtime>) {
    super(...args);
    load = (from, name) => this.loadOnce(from, name);
    // A worker that watches files runs the same test file again after a change.
    if (args[7].watch || args[7].watchAll) modules.clear();
    // Compiles among the worker's own globals, as jest-environment.ts explains.
    const executor = this['executor'] as Executor;
    executor.compile = (code, filename) => compile(code, filename, executor.injectedModuleParameters);
  }

  /**
   * A module may import another one when the test file that loaded it is over. The result fits every type that a caller expects.
   */
  override requireModuleOrMock(from: string, name: string): never {
    return this.isOver ? load(from, name) : this.loadOnce(from, name);
  }

  private loadOnce(from: string, name: string): never {
    if (name === 'node:async_hooks') return recordedHooks as never;
    if (isPackage(name) && name !== '@jest/globals') return requirePackage(name) as never;
    if (!name.startsWith('.')) return super.requireModuleOrMock(from, name);
    const path = (this['_resolution'] as Resolution).resolveCjs(from, name);
    if (modules.has(path)) return modules.get(path) as never;
    const loaded = super.requireModuleOrMock<never>(from, name);
    if (!isTest(path)) modules.set(path, loaded);
    return loaded;
  }

  /** Loads what holds the state of a test file again for each, and the packages that Jest uses only once. */
  override requireInternalModule(from: string, name?: string): never {
    if (name === 'node:async_hooks') return recordedHooks as never;
    const isShared = name !== undefined && isPackage(name);
    return isShared ? (createRequire(from)(name) as never) : super.requireInternalModule(from, name);
  }

  override getSourceMaps(): Map<string, string> {
    for (const [path, file] of super.getSourceMaps()) sourceMaps.set(path, file);
    return sourceMaps;
  }

  /** Before Node 24 every promise copies the values of all storages in use: after a hundred files this took more time than the tests. */
  override teardown(): void {
    this.isOver = true;
    this.getSourceMaps();
    for (const storage of storages) storage.disable();
    storages.clear();
    super.teardown();
  }
}
