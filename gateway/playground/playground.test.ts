import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import express from 'express';
import { buildSchema, Kind, type OperationDefinitionNode, parse, validate } from 'graphql';

import { projectPath, readProjectFile } from '../../schema/files.js';
import { playgroundRouter } from './playground.js';

const here = import.meta.dirname;

describe('the built playground', () => {
  // The one that `npm run build` writes: to build another takes as long as many tests.
  const directory = projectPath('dist/gateway/playground');
  const build = () => execFileSync(process.execPath, [join(here, 'build.mjs')], { encoding: 'utf8' });
  let server: Server;
  let origin: string;

  beforeAll(async () => {
    build();
    server = createServer(express().use(playgroundRouter(directory)));
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  });

  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });

  it('is not built again from the same inputs', () => {
    expect(build()).toContain('up to date');
  });

  it('refers to its own existing files only', async () => {
    const page = await (await fetch(origin)).text();
    const named = [...page.matchAll(/(?:src|href)="(?!data:)([^"]+)"|"(playground\/[^"]+)"/g)].map(
      ([, attribute, setting]) => attribute ?? setting ?? '',
    );
    expect(named).toHaveLength(5); // styles, app and three workers
    for (const address of named) {
      expect(address).toMatch(/^playground\/assets\/[\w.-]+$/);
      expect(existsSync(join(directory, address.replace('playground/', '')))).toBe(true);
    }
  });

  it('has every operation file as a tab, in the order of their names', () => {
    const page = readFileSync(join(directory, 'index.html'), 'utf8');
    const settings = /id="settings">([^]*?)<\/script>/.exec(page)?.[1] ?? '{}';
    const { operations } = JSON.parse(settings) as { operations: { query: string }[] };
    expect(operations.map(({ query }) => query)).toEqual(operationFiles.map(readOperation));
  });

  it('revalidates the page each time and caches assets forever', async () => {
    const head = (address: string) => fetch(address, { method: 'HEAD' });
    const page = await head(origin);
    const script = readdirSync(join(directory, 'assets')).find((name) => name.startsWith('app-')) ?? '';
    const asset = await head(`${origin}/playground/assets/${script}`);
    expect(page.headers.get('cache-control')).toBe('no-cache');
    expect(page.headers.get('content-type')).toMatch('text/html');
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(asset.headers.get('content-type')).toMatch('text/javascript');
    for (const { headers } of [page, asset]) {
      expect(headers.get('content-security-policy')).toMatch(/^default-src 'self';/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
    }
  });

  it('compresses assets for clients that accept it', async () => {
    const script = readdirSync(join(directory, 'assets')).find((name) => /^app-.*js$/.test(name)) ?? '';
    const content = readFileSync(join(directory, 'assets', script));
    const url = `${origin}/playground/assets/${script}`;
    const sizes = new Map<string, number>();
    for (const coding of ['br', 'gzip', 'identity']) {
      const response = await fetch(url, { headers: { 'accept-encoding': coding } });
      expect(response.headers.get('content-encoding')).toBe(coding === 'identity' ? null : coding);
      expect(response.headers.get('vary')).toBe('Accept-Encoding');
      expect(response.headers.get('content-type')).toMatch('text/javascript');
      sizes.set(coding, Number(response.headers.get('content-length')));
      expect(Buffer.from(await response.arrayBuffer()).equals(content)).toBe(true);
    }
    expect(sizes.get('br')).toBeLessThan(sizes.get('gzip') ?? 0);
    expect(sizes.get('gzip')).toBeLessThan(content.length / 2);
  });

  it('sends all that a visitor loads before the first result in two of three seconds at 10 Mbit/s', () => {
    const allowedBytes = 2 * (10_000_000 / 8);
    const names = readdirSync(join(directory, 'assets'));
    const sizeOf = (path: string): number => statSync(join(directory, path)).size;
    // At most every asset, and the page as it is.
    for (const suffix of ['.br', '.gz']) {
      const assets = names.filter((name) => name.endsWith(suffix));
      expect(assets).toHaveLength(names.length / 3);
      const bytes = assets.reduce((sum, name) => sum + sizeOf(`assets/${name}`), sizeOf('index.html'));
      expect(bytes).toBeLessThan(allowedBytes);
    }
  });

  it('serves the page and its assets only', async () => {
    const paths = ['index.html', 'playground/', 'playground/index.html', 'playground/assets/../index.html'];
    const [asset = ''] = readdirSync(join(directory, 'assets')).filter((name) => name.endsWith('.br'));
    for (const path of [
      ...paths,
      `playground/assets/${asset}`,
      'playground/assets/none.js',
      'playground/assets/%2e%2e',
    ]) {
      expect((await fetch(`${origin}/${path}`)).status).toBe(404);
    }
  });
});

const operationFiles = readdirSync(join(here, 'operations'))
  .filter((name) => name.endsWith('.graphql'))
  .sort();
const readOperation = (name: string) => readFileSync(join(here, 'operations', name), 'utf8');
const readVariables = (name: string): Record<string, unknown> => {
  const file = join(here, 'operations', name.replace('.graphql', '.variables.json'));
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>) : {};
};

const supergraph = buildSchema(readProjectFile('schema/supergraph.graphql'));

describe.each(operationFiles)('operation %s', (name) => {
  const text = readOperation(name);
  const document = parse(text);
  const [operation, ...others] = document.definitions.filter(
    (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
  );

  it('starts with a comment that names its audience', () => {
    expect(text).toMatch(/^# For /);
  });

  it('is one named operation, whose name is the title of the tab', () => {
    expect(operation?.name?.value).toMatch(/^\w+$/);
    expect(others).toEqual([]);
  });

  it('fits the supergraph', () => {
    expect(validate(supergraph, document)).toEqual([]);
  });

  it('has a value for each of its variables', () => {
    const declared = operation?.variableDefinitions ?? [];
    const withoutDefault = declared.flatMap(({ variable, defaultValue }) =>
      defaultValue ? [] : [variable.name.value],
    );
    expect(Object.keys(readVariables(name)).sort()).toEqual(withoutDefault.sort());
  });
});

it('the playground opens with an operation without variables: GraphiQL leaves those of the first default tab empty', () => {
  expect(readVariables(operationFiles[0] ?? '')).toEqual({});
});
