import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import {
  plainCatalogue,
  startTestCatalogue,
  type TestCatalogue,
  writeTables,
} from '../../../testing/test-catalogue.js';
import { findPubliccodeFiles } from '../find-files.js';
import { importPubliccode } from '../import-publiccode.js';
import type { PubliccodeReport } from '../publiccode-report.js';

const tables = {
  'sources.csv': ['id,url', 's,https://example.org/'],
  'administrations.csv': [
    'id,kind,level,official_languages,name_da,source,colour',
    'dk:administration:a,MUNICIPALITY,LOCAL,da,Aabenrå,s,',
    'dk:administration:t1,MUNICIPALITY,LOCAL,da,Toby,s,Nord',
    'dk:administration:t2,MUNICIPALITY,LOCAL,da,Toby,s,Syd',
  ],
  'records.csv': [
    'id,kind,address,aliases,name,source',
    'dk:record:known,SOFTWARE,github.com/x/known,gitlab.com/old/known,Known,s',
  ],
  'adoptions.csv': [
    'id,administration,address,status,start,source',
    'dk:adoption:known,dk:administration:a,github.com/x/known,PILOT,2020-01-01,s',
  ],
};

/** A valid publiccode.yml with this name, address and users. */
export const publiccode = (name: string, url: string, usedBy: string[] = []): string => `publiccodeYmlVersion: "0.4"
name: ${name}
url: ${url}
usedBy:
${usedBy.map((user) => `  - ${user}`).join('\n')}
softwareType: standalone/web
platforms: [web]
developmentStatus: stable
description:
  da:
    shortDescription: Styr møder
    longDescription: ${'Et langt ord om møder. '.repeat(10)}
    features: [Dagsordener]
legal: { license: EUPL-1.2 }
maintenance: { type: contract, contractors: [{ name: Firma, until: "2030-12-31" }] }
localisation: { localisationReady: true, availableLanguages: [da] }
intendedAudience: { countries: [dk] }
`;

/** A catalogue, and a folder of files to import into it. */
interface PubliccodeImport {
  readonly catalogue: TestCatalogue;
  /** The folder of the tables, in which tests may write lists of files. */
  readonly folder: string;
  /** The folder of the files, within `folder`. */
  readonly files: string;
  /** Writes a file to `files`, and returns its path. */
  readonly write: (name: string, content: string) => string;
  /** Imports all of `files`, or the given paths. */
  readonly run: (
    options?: Partial<Parameters<typeof importPubliccode>[3]> & { files?: string[] },
  ) => Promise<PubliccodeReport>;
}

/** Starts a catalogue with an empty folder of files before each test of a block. */
export function usePubliccodeImport(): PubliccodeImport {
  const catalogue = {} as TestCatalogue;
  const { folder, remove } = writeTables(tables);
  const files = join(folder, 'files');
  beforeEach(async () => {
    rmSync(files, { recursive: true, force: true });
    mkdirSync(files, { recursive: true });
    Object.assign(catalogue, await startTestCatalogue(plainCatalogue, folder));
  });
  afterEach(() => catalogue.close());
  afterAll(remove);
  return {
    catalogue,
    folder,
    files,
    write: (name, content) => {
      const path = join(files, name);
      writeFileSync(path, content);
      utimesSync(path, new Date('2024-05-06'), new Date('2024-05-06'));
      return path;
    },
    run: ({ files: paths = [files], dryRun = false, ...options } = {}) =>
      importPubliccode(plainCatalogue, findPubliccodeFiles(paths), catalogue.database, {
        dryRun,
        ...options,
      }),
  };
}
