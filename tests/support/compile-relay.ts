import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import type { ConcreteRequest, ReaderFragment } from 'relay-runtime';

const load = createRequire(import.meta.url);

/** Compiles operations as an application with Relay does. Returns the artifacts of its queries, by name. */
export async function compileRelay(schema: string, operations: string): Promise<ReadonlyMap<string, ConcreteRequest>> {
  const folder = await mkdtemp(join(tmpdir(), 'relay-'));
  try {
    const [source, artifacts] = [join(folder, 'src'), join(folder, 'artifacts')];
    await Promise.all([mkdir(source), mkdir(artifacts)]);
    const config = {
      src: 'src',
      schema: 'schema.graphql',
      language: 'javascript',
      artifactDirectory: 'artifacts',
      eagerEsModules: false,
    };
    await Promise.all([
      writeFile(join(folder, 'relay.config.json'), JSON.stringify(config)),
      writeFile(join(folder, 'schema.graphql'), schema),
      writeFile(join(source, 'clients.js'), `graphql\`${operations}\`;`),
    ]);
    await promisify(execFile)(load('relay-compiler') as string, ['relay.config.json'], {
      cwd: folder,
      timeout: 60_000,
    });
    return await loadArtifacts(artifacts);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Artifacts are modules that export one request; those of fragments export no request. */
async function loadArtifacts(folder: string): Promise<ReadonlyMap<string, ConcreteRequest>> {
  const artifacts = (await readdir(folder)).map((file) => load(join(folder, file)) as ConcreteRequest | ReaderFragment);
  const requests = artifacts.filter((artifact) => artifact.kind === 'Request');
  return new Map(requests.map((request) => [request.params.name, request]));
}
