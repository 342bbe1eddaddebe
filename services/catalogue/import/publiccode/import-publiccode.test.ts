import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { summarise } from '../../commands/publiccode-summary.js';
import { at, listAt, plainCatalogue } from '../../testing/test-catalogue.js';
import { ImportInterruptedError } from '../core/import-transaction.js';
import { findPubliccodeFiles } from './find-files.js';
import { importPubliccode } from './import-publiccode.js';
import { isIncomplete } from './publiccode-report.js';
import { publiccode, usePubliccodeImport } from './testing/use-publiccode-import.js';

describe('importPubliccode', () => {
  const { catalogue, folder, files, write, run } = usePubliccodeImport();
  beforeEach(() => {
    write(
      'meet.yml',
      publiccode('Meet', 'https://github.com/X/Meet.git', ['Aabenra Kommune', 'Toby Kommune', 'Toby (Syd)', 'Nobody']),
    );
    write('known.yaml', publiccode('Known better', 'https://github.com/x/known', ['Aabenrå Kommune']));
    mkdirSync(join(files, 'broken'));
    write('broken/publiccode.yml', '\u0000\u0001');
  });

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

  it('is interrupted between two files', async () => {
    const interruption = new AbortController();
    let started = 0;
    const onProgress = (): void => {
      started += 1;
      setImmediate(() => {
        interruption.abort();
      });
    };
    await expect(run({ signal: interruption.signal, onProgress })).rejects.toThrow(ImportInterruptedError);
    expect(started).toBe(1);
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
