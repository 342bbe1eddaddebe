import { mkdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import {
  at,
  listAt,
  plainCatalogue,
  startTestCatalogue,
  type TestCatalogue,
  writeTables,
} from '../../testing/test-catalogue.js';
import { importPubliccode } from './import-publiccode.js';
import { isIncomplete, needsPolicy, type PubliccodeReport } from './publiccode-report.js';
import { findPubliccodeFiles } from './find-files.js';
import { summarise } from '../../commands/publiccode-summary.js';

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

const publiccode = (name: string, url: string, usedBy: string[] = []): string => `publiccodeYmlVersion: "0.4"
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

describe('importPubliccode', () => {
  let catalogue: TestCatalogue;
  const { folder, remove } = writeTables(tables);
  const files = join(folder, 'files');
  const write = (name: string, content: string): string => {
    const path = join(files, name);
    writeFileSync(path, content);
    utimesSync(path, new Date('2024-05-06'), new Date('2024-05-06'));
    return path;
  };
  const run = ({
    files: paths = [files],
    dryRun = false,
    ...options
  }: Partial<Parameters<typeof importPubliccode>[3]> & { files?: string[] } = {}): Promise<PubliccodeReport> =>
    importPubliccode(plainCatalogue, findPubliccodeFiles(paths), catalogue.database, { dryRun, ...options });

  beforeEach(async () => {
    rmSync(files, { recursive: true, force: true });
    mkdirSync(files, { recursive: true });
    write(
      'meet.yml',
      publiccode('Meet', 'https://github.com/X/Meet.git', ['Aabenra Kommune', 'Toby Kommune', 'Toby (Syd)', 'Nobody']),
    );
    write('known.yaml', publiccode('Known better', 'https://github.com/x/known', ['Aabenrå Kommune']));
    mkdirSync(join(files, 'broken'));
    write('broken/publiccode.yml', '\u0000\u0001');
    catalogue = await startTestCatalogue(plainCatalogue, folder);
  });
  afterEach(() => catalogue.close());
  afterAll(remove);

  it('inserts records, and replaces the record of the same address', async () => {
    const report = await run();
    expect(report.records).toEqual({ created: 1, changed: 1, unchanged: 0 });
    expect(
      await catalogue.query(`{ denmark { records { nodes { id name solutionAddress licence maintainedUntil intendedAudience { countries }
        contractors { name until } issues { rule } provenance { source observedOn } } } } }`),
    ).toEqual({
      denmark: {
        records: {
          nodes: [
            expect.objectContaining({ id: 'dk:record:known', name: 'Known better' }) as unknown,
            {
              id: 'dk:record:github-com-x-meet',
              name: 'Meet',
              solutionAddress: 'github.com/x/meet',
              licence: 'EUPL-1.2',
              maintainedUntil: '2030-12-31',
              intendedAudience: { countries: ['DK'] },
              contractors: [{ name: 'Firma', until: '2030-12-31' }],
              issues: expect.arrayContaining([{ rule: 'country-case' }]) as unknown,
              provenance: { source: 'https://github.com/x/meet', observedOn: '2024-05-06' },
            },
          ],
        },
      },
    });
  });

  it('keeps the aliases of a record and the day on which it was first listed', async () => {
    const record = async (): Promise<unknown> =>
      at(
        await catalogue.query(`{ denmark { record(id: "dk:record:known") { name aliases issued } } }`),
        ...['denmark', 'record'],
      );
    const before = await record();
    expect(before).toMatchObject({ name: 'Known', aliases: ['gitlab.com/old/known'] });
    await run();
    expect(await record()).toEqual({ ...(before as object), name: 'Known better' });
  });

  it('matches users by name, leaves ambiguous names unmatched, and does not repeat known adoptions', async () => {
    const report = await run();
    const meet = report.files.find(({ record }) => record === 'dk:record:github-com-x-meet');
    expect(meet?.users).toMatchObject({ named: 4, matched: 2 });
    expect(
      meet?.users.open.map(({ name, candidates }) => [
        name,
        candidates.map(({ administrationId }) => administrationId).sort(),
      ]),
    ).toEqual([
      ['Toby Kommune', ['dk:administration:t1', 'dk:administration:t2']],
      ['Nobody', []],
    ]);
    expect(report.adoptions).toEqual({ created: 4, changed: 0, unchanged: 0 });
    const response = await catalogue.query(`{ denmark {
      a: organisation(id: "dk:administration:a") { ...used } syd: organisation(id: "dk:administration:t2") { ...used } } }
      fragment used on Administration { adoptions { nodes { solutionAddress status rawName matchConfidence } } }`);
    expect(listAt(response, 'denmark', 'a', 'adoptions', 'nodes')).toEqual([
      { solutionAddress: 'github.com/x/known', status: 'PILOT', rawName: null, matchConfidence: null },
      {
        solutionAddress: 'github.com/x/meet',
        status: 'DECLARED',
        rawName: 'Aabenra Kommune',
        matchConfidence: expect.any(Number) as unknown,
      },
    ]);
    expect(at(response, 'denmark', 'syd', 'adoptions', 'nodes', 0, 'rawName')).toBe('Toby (Syd)');
  });

  it('changes nothing when it is repeated, and only the record of a changed file', async () => {
    await run();
    const { end } = await feed();
    expect(await run()).toMatchObject({
      records: { created: 0, changed: 0, unchanged: 2 },
      adoptions: { created: 0, changed: 0, unchanged: 4 },
    });
    expect((await feed(end)).ids).toEqual([]);
    write('meet.yml', publiccode('Meeting', 'https://github.com/X/Meet.git'));
    expect(await run({ missing: 'keep' })).toMatchObject({ records: { created: 0, changed: 1, unchanged: 1 } });
    expect((await feed(end)).ids).toEqual(['dk:record:github-com-x-meet']);
  });

  it('writes nothing in a dry run, and reports what it would do', async () => {
    const { end } = await feed();
    const report = await run({ dryRun: true });
    expect(report).toMatchObject({ dryRun: true, records: { created: 1, changed: 1 }, adoptions: { created: 4 } });
    expect((await feed(end)).ids).toEqual([]);
  });

  it('rejects invalid files with a reason, and imports the others', async () => {
    write('twice.yml', publiccode('Meet', 'git@github.com:x/meet.git'));
    write('nowhere.yml', publiccode('Nowhere', 'javascript:alert(1)'));
    const report = await run();
    expect(
      report.files.filter(({ rejected }) => rejected !== null).map(({ file, rejected }) => [basename(file), rejected]),
    ).toEqual([
      ['publiccode.yml', 'it is not a publiccode.yml file'],
      ['nowhere.yml', 'neither the file nor the list contains the address of the repository'],
      ['twice.yml', 'another file of this import describes github.com/x/meet'],
    ]);
    expect(summarise(report)).toMatch(
      /^5 files: 1 new, 1 changed, 0 unchanged records, 3 rejected\n5 users named, 3 matched \(60 %\).*\n2 of 5 files are valid by the standard\n/,
    );
  });

  it('gives two addresses with the same slug different ids, and keeps them', async () => {
    const alike = [
      write('a.yml', publiccode('A', 'https://gitlab.com/a/b-c')),
      write('b.yml', publiccode('B', 'https://gitlab.com/a-b/c')),
    ];
    const hashed = expect.stringMatching(/^dk:record:gitlab-com-a-b-c-[0-9a-f]{20}$/) as unknown;
    const first = await run({ files: alike });
    expect(first.files).toMatchObject([{ record: 'dk:record:gitlab-com-a-b-c' }, { record: hashed }]);
    const again = await run({ files: alike.reverse() });
    expect(again.files.map(({ record }) => record)).toEqual(first.files.map(({ record }) => record).reverse());
    expect(again.records).toEqual({ created: 0, changed: 0, unchanged: 2 });
  });

  it('does not overwrite a record that has moved to another address', async () => {
    const moved = [write('meet.yml', publiccode('Meet', 'https://github.com/X/Meet'))];
    await run({ files: moved });
    write('meet.yml', publiccode('Meetings', 'https://github.com/X/Meet'));
    await catalogue.database.query(
      `UPDATE catalogue_record SET address = 'gitlab.com/x/meet' WHERE id = 'dk:record:github-com-x-meet'`,
    );
    const report = await run({ files: moved });
    expect(report.records).toEqual({ created: 0, changed: 0, unchanged: 0 });
    expect(report.files[0]?.rejected).toBe(
      'dk:record:github-com-x-meet, the id for a record of github.com/x/meet, belongs to the record of gitlab.com/x/meet',
    );
  });

  it('reads a list, whose repository takes precedence over the address in the file', async () => {
    writeFileSync(
      join(folder, 'list.csv'),
      'file,repository,observed_on\nfiles/meet.yml,https://gitlab.com/Own/Place,2023-01-02\n',
    );
    await importPubliccode(plainCatalogue, findPubliccodeFiles([join(folder, 'list.csv')]), catalogue.database, {
      dryRun: false,
    });
    expect(
      await catalogue.query(
        `{ denmark { record(id: "dk:record:gitlab-com-own-place") { solutionAddress aliases url provenance { observedOn } } } }`,
      ),
    ).toEqual({
      denmark: {
        record: {
          solutionAddress: 'gitlab.com/own/place',
          // A copy names the repository it was copied from, which is not an alias of this one.
          aliases: [],
          url: 'https://github.com/X/Meet.git',
          provenance: { observedOn: '2023-01-02' },
        },
      },
    });
  });

  it('returns a record as publiccode.yml with its faults, and whether its source was valid', async () => {
    write('meet.yml', publiccode('Meet', 'https://github.com/X/Meet').replace('legal: { license: EUPL-1.2 }\n', ''));
    await run();
    const file = `publiccode publiccodeFile { text valid issues { path rule severity line column violatesStandard } }
      validByStandard`;
    const { denmark } = (await catalogue.query(`{ denmark { meet: record(id: "dk:record:github-com-x-meet") { ${file} }
      known: record(id: "dk:record:known") { ${file} } } }`)) as Record<string, Record<string, unknown>>;
    expect(denmark?.['meet']).toEqual({
      publiccode: null,
      publiccodeFile: {
        text: expect.stringMatching(/^# Not valid publiccode.yml 0.7 yet:\n# legal.license is mandatory/) as string,
        valid: false,
        issues: [
          { path: 'legal.license', rule: 'missing', severity: 'ERROR', line: 3, column: 1, violatesStandard: true },
        ],
      },
      validByStandard: false,
    });
    expect(denmark?.['known']).toMatchObject({ publiccodeFile: { valid: true, issues: [] }, validByStandard: true });
  });

  it('imports the publiccode.yml of a record as the same record', async () => {
    await run();
    const record = `{ denmark { record(id: "dk:record:github-com-x-meet") { publiccode name licence descriptions { language shortDescription features }
      contractors { name until } intendedAudience { countries } } } }`;
    const before = at(await catalogue.query(record), 'denmark', 'record');
    write('meet.yml', at(before, 'publiccode') as string);
    const report = await run();
    expect(report.files.find(({ file }) => file.endsWith('meet.yml'))?.issues).toEqual([]);
    expect(at(await catalogue.query(record), 'denmark', 'record')).toEqual(before);
  });

  describe('when a file no longer states what it did', () => {
    const meet = (url: string, users: string[] = []) =>
      write(
        'meet.yml',
        publiccode('Meet', url, users).replace('legal:', 'organisation: { uri: "urn:x-dk:a", name: A }\nlegal:'),
      );
    const first = 'https://github.com/X/Meet';
    const stored = async (): Promise<unknown> => ({
      records: await catalogue.database.query('SELECT id, address, aliases FROM catalogue_record ORDER BY id'),
      users: await catalogue.database.query(
        `SELECT raw_name || CASE WHEN ended THEN ' until ' || end_date ELSE '' END AS name, address FROM adoption
        WHERE raw_name IS NOT NULL ORDER BY raw_name`,
      ),
    });
    const record = (id: string, address: string, aliases: string[] = []) => ({
      id: `dk:record:${id}`,
      address,
      aliases,
    });
    const known = record('known', 'github.com/x/known', ['gitlab.com/old/known']);
    const meeting = record('github-com-x-meet', 'github.com/x/meet');
    const user = (name: string, address = 'github.com/x/meet') => ({ name, address });

    beforeEach(async () => {
      rmSync(join(files, 'broken'), { recursive: true });
      rmSync(join(files, 'known.yaml'));
      meet(first, ['Aabenra Kommune', 'Toby (Syd)']);
      await run();
    });

    it('reports users that disappeared, and writes nothing until it is chosen what that means', async () => {
      const before = await stored();
      meet(first, ['Toby (Syd)']);
      const report = await run();
      expect(report.disappeared).toEqual([
        expect.objectContaining({
          what: 'USER',
          name: 'Aabenra Kommune',
          file: join(files, 'meet.yml'),
          outcome: null,
        }),
      ]);
      expect([needsPolicy(report), await stored()]).toEqual([true, before]);
      expect(summarise(report)).toContain('Choose what happens to what disappeared');
    });

    it('keeps users that disappeared, or ends them, and takes back one that is named again', async () => {
      meet(first, ['Toby (Syd)']);
      expect((await run({ missing: 'keep' })).disappeared).toMatchObject([{ outcome: 'KEPT' }]);
      expect(await stored()).toMatchObject({ users: [user('Aabenra Kommune'), user('Toby (Syd)')] });
      expect((await run({ missing: 'end', on: '2026-02-03' })).disappeared).toMatchObject([{ outcome: 'ENDED' }]);
      expect(await stored()).toMatchObject({ users: [user('Aabenra Kommune until 2026-02-03'), user('Toby (Syd)')] });
      expect((await run()).disappeared).toEqual([]);
      meet(first, ['Aabenra Kommune', 'Toby (Syd)']);
      await run();
      expect(await stored()).toMatchObject({ users: [user('Aabenra Kommune'), user('Toby (Syd)')] });
    });

    it('rejects to end more than may end, with the figures, unless as many are allowed', async () => {
      const users = Array.from({ length: 25 }, (_, index) => `Toby (Nord ${index})`);
      meet(first, ['Aabenra Kommune', 'Toby (Syd)', ...users]);
      await run();
      const before = await stored();
      meet(first, ['Toby (Syd)']);
      const report = await run({ missing: 'end' });
      expect([report.tooManyDisappeared, needsPolicy(report), await stored()]).toEqual([
        [{ rows: 'adoptions', missing: 26, of: 27 }],
        true,
        before,
      ]);
      expect(summarise(report)).toMatch(
        /^Nothing was written: too much disappeared from the files\.\n[^]*Of the 27 adoptions that these files stated, 26 disappeared[^]*repeat with --max-ended 26\.\n/,
      );
      expect((await run({ missing: 'end', maxEnded: 25, dryRun: true })).tooManyDisappeared).toHaveLength(1);
      const ended = await run({ missing: 'end', maxEnded: 26 });
      expect([ended.tooManyDisappeared, new Set(ended.disappeared.map(({ outcome }) => outcome))]).toEqual([
        [],
        new Set(['ENDED']),
      ]);
    });

    it('does not report a user who is named in another spelling', async () => {
      meet(first, ['Aabenrå Kommune', 'Toby (Syd)']);
      expect((await run()).disappeared).toEqual([]);
    });

    it('reports a file that disappeared from its folder, and withdraws its record', async () => {
      rmSync(join(files, 'meet.yml'));
      const other = write('other.yml', publiccode('Other', 'https://github.com/x/other'));
      expect((await run({ files: [other] })).disappeared).toEqual([]);
      const { disappeared } = await run({ missing: 'end', on: '2026-02-03' });
      expect(disappeared.map(({ what, name, outcome }) => [what, name, outcome]).sort()).toEqual([
        ['FILE', 'Aabenra Kommune', 'ENDED'],
        ['FILE', 'Meet', 'WITHDRAWN'],
        ['FILE', 'Toby (Syd)', 'ENDED'],
      ]);
      expect(await stored()).toEqual({
        records: [record('github-com-x-other', 'github.com/x/other'), known],
        users: [user('Aabenra Kommune until 2026-02-03'), user('Toby (Syd) until 2026-02-03')],
      });
    });

    it('does not report a file that is there, and cannot be used', async () => {
      write('meet.yml', 'name: "Meet\nurl: https://github.com/X/Meet\n');
      const report = await run();
      expect([report.disappeared, report.files]).toEqual([
        [],
        [expect.objectContaining({ rejected: 'it has a YAML syntax error in line 1, column 7' })],
      ]);
    });

    it('reports an address that disappeared because the file describes something else now', async () => {
      write('meet.yml', publiccode('Something else', 'https://github.com/x/else'));
      const { disappeared } = await run({ missing: 'keep' });
      expect(disappeared.map(({ what, name, outcome }) => [what, name, outcome]).sort()).toEqual([
        ['ADDRESS', 'Aabenra Kommune', 'KEPT'],
        ['ADDRESS', 'Meet', 'KEPT'],
        ['ADDRESS', 'Toby (Syd)', 'KEPT'],
      ]);
    });

    it('proposes that a repository has moved, instead of creating a second record', async () => {
      const before = await stored();
      meet('https://codeberg.org/X/Meet', ['Aabenra Kommune', 'Toby (Syd)']);
      const report = await run();
      expect(report.moved).toEqual([
        {
          file: join(files, 'meet.yml'),
          record: 'dk:record:github-com-x-meet',
          from: 'github.com/x/meet',
          to: 'codeberg.org/x/meet',
          policy: null,
        },
      ]);
      expect([report.disappeared, isIncomplete(report), await stored()]).toEqual([[], true, before]);
      expect(summarise(report)).toContain('github.com/x/meet → codeberg.org/x/meet');
    });

    it('lets the record and its users follow a repository that moved, with the former address as an alias', async () => {
      meet('https://codeberg.org/X/Meet', ['Aabenra Kommune', 'Toby (Syd)']);
      const moved = {
        records: [record('github-com-x-meet', 'codeberg.org/x/meet', ['github.com/x/meet']), known],
        users: [user('Aabenra Kommune', 'codeberg.org/x/meet'), user('Toby (Syd)', 'codeberg.org/x/meet')],
      };
      const report = await run({ moved: 'follow' });
      expect([report.disappeared, report.records, await stored()]).toEqual([
        [],
        expect.objectContaining({ changed: 1 }),
        moved,
      ]);
      expect(await run()).toMatchObject({
        records: { unchanged: 1 },
        adoptions: { unchanged: 2 },
        moved: [],
        disappeared: [],
      });
      // A file that still names the former address describes the same record.
      meet(first, ['Aabenra Kommune', 'Toby (Syd)']);
      await run();
      expect(await stored()).toMatchObject({ records: moved.records });
    });

    it('takes another solution of the same name for one if that is chosen', async () => {
      meet('https://codeberg.org/X/Meet');
      await run({ moved: 'separate', missing: 'keep' });
      expect(await stored()).toMatchObject({
        records: [record('codeberg-org-x-meet', 'codeberg.org/x/meet'), meeting, known],
      });
    });

    it('finds a repository that moved in a list, where its file has another path too', async () => {
      const list = (path: string, repository: string): string => {
        writeFileSync(join(folder, 'list.csv'), `file,repository\nfiles/${path},${repository}\n`);
        return join(folder, 'list.csv');
      };
      await run({ files: [list('meet.yml', first)] });
      meet(first);
      renameSync(join(files, 'meet.yml'), join(files, 'moved.yml'));
      const { moved } = await run({ files: [list('moved.yml', 'https://codeberg.org/X/Meet')] });
      expect(moved).toMatchObject([{ from: 'github.com/x/meet', to: 'codeberg.org/x/meet' }]);
    });

    it('leaves what an editor changed', async () => {
      await catalogue.database.query(
        `INSERT INTO audit_entry (issuer, editor, mutation, subject, subject_id, concerns, reason, before, after)
        SELECT 'i', 'e', 'correctAdoption', 'ADOPTION', id, '{}', 'r', to_jsonb(a), to_jsonb(a) FROM adoption a WHERE raw_name = 'Aabenra Kommune'`,
      );
      meet(first);
      expect((await run({ missing: 'end' })).disappeared.map(({ name, outcome }) => [name, outcome]).sort()).toEqual([
        ['Aabenra Kommune', 'EDITED'],
        ['Toby (Syd)', 'ENDED'],
      ]);
    });
  });

  it('keeps a record until its file parses, and takes what precedes a syntax error for a new one', async () => {
    const before = publiccode('Meet', 'https://github.com/X/Meet', ['Toby (Syd)']);
    write('meet.yml', before);
    await run();
    const { end } = await feed();
    write('meet.yml', before.replace('features: [', 'features: ["'));
    write('new.yml', `${publiccode('New', 'https://github.com/x/new')}foo: "bar\n`);
    const report = await run();
    expect(report.files.find(({ file }) => file.endsWith('meet.yml'))).toMatchObject({
      record: null,
      rejected: expect.stringMatching(
        /^it has a YAML syntax error in line \d+, column \d+; dk:record:github-com-x-meet stays as it is until the file parses$/,
      ) as string,
      validByStandard: false,
    });
    expect([(await feed(end)).ids, isIncomplete(report)]).toEqual([['dk:record:github-com-x-new'], true]);
    expect(
      await catalogue.query(`{ denmark { record(id: "dk:record:github-com-x-new") { name issues { rule } } } }`),
    ).toEqual({
      denmark: {
        record: { name: 'New', issues: expect.arrayContaining([{ rule: 'yaml-syntax' }]) as unknown },
      },
    });
  });

  it.each([
    ['a path that does not exist', ['/nowhere/publiccode.yml'], /There is no file or folder/],
    ['a list without its column', ['list', 'path\nx\n'], /has no column "file"/],
    [
      'a list that is not valid CSV',
      ['list', 'file,repository\na.yml,"b\nc.yml,d\n'],
      /bad\.csv, line 2, repository: begins with/,
    ],
  ])('rejects %s', (_what, [path = '', list = ''], message) => {
    writeFileSync(join(folder, 'bad.csv'), list);
    expect(() => findPubliccodeFiles([path === 'list' ? join(folder, 'bad.csv') : path])).toThrow(message);
  });

  async function feed(after: unknown = null): Promise<{ ids: unknown[]; end: unknown }> {
    const page = at(
      await catalogue.query(
        `query ($after: String) { denmark { changes(after: $after, first: 1000) { nodes { subjectId } pageInfo { endCursor } } } }`,
        { after },
      ),
      ...['denmark', 'changes'],
    );
    return { ids: listAt(page, 'nodes').map((node) => at(node, 'subjectId')), end: at(page, 'pageInfo', 'endCursor') };
  }
});
