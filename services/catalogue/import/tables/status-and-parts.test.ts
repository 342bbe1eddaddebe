import { at, listAt } from '../../testing/test-catalogue.js';
import { useCatalogue } from '../../testing/use-catalogue.js';

/** @param cells those after the name, as far as they are not empty. */
const consortium = (id: string, cells: string): string =>
  `dk:consortium:${id},ASSOCIATION,${id},${cells}${','.repeat(7 - cells.split(',').length)},s`;
const record = (id: string, partOf: string): string => `dk:record:${id},SOFTWARE,github.com/a/${id},${id},${partOf},s`;

describe('the status of a consortium and the whole of a solution', () => {
  const catalogue = useCatalogue({
    'sources.csv': ['id,url', 's,https://example.org/', 'report,https://example.org/report'],
    'consortia.csv': [
      'id,kind,name_da,status,status_source,status_observed_on,status_note,complete_members_start,complete_members_end,complete_members_kinds,source',
      consortium('good', 'IN_DISSOLUTION,report,2020-01-01,Undated'),
      consortium('ended', 'ENDED,report,2020-01-01,'),
      consortium('unsourced', 'ACTIVE,,2020-01-01,'),
      consortium('undated', 'ACTIVE,report,,'),
      consortium('listed', ',,,,2023-09-14,2023-09-15,MUNICIPALITY|PROVINCE'),
      consortium('listed-backwards', ',,,,2023-09-15,2023-09-15,'),
      consortium('listed-never', ',,,,,2023-09-15,'),
    ],
    'records.csv': [
      'id,kind,address,name,part_of,application_suite,publisher,source',
      record('frontend', 'https://github.com/A/Backend.git,,'),
      record('own', 'github.com/a/own,,'),
      record('module', ',Suite,dk:consortium:good'),
      // The product itself, and a product of another publisher.
      record('suite', ',suite,dk:consortium:good'),
      record('stranger', ',Suite,dk:consortium:listed'),
    ],
  });

  it('are imported with their source, and rejected without one', async () => {
    expect(
      await catalogue.query(`{ denmark { consortia { nodes { id status statusProvenance { source observedOn note } completeMembers { start end kinds } } }
        records(isPart: true) { nodes { id partOf } } } }`),
    ).toEqual({
      denmark: {
        consortia: {
          nodes: [
            {
              id: 'dk:consortium:good',
              status: 'IN_DISSOLUTION',
              statusProvenance: { source: 'https://example.org/report', observedOn: '2020-01-01', note: 'Undated' },
              completeMembers: null,
            },
            {
              id: 'dk:consortium:listed',
              status: null,
              statusProvenance: null,
              completeMembers: { start: '2023-09-14', end: '2023-09-15', kinds: ['MUNICIPALITY', 'PROVINCE'] },
            },
          ],
        },
        records: {
          nodes: [
            { id: 'dk:record:frontend', partOf: 'github.com/a/backend' },
            { id: 'dk:record:module', partOf: null },
          ],
        },
      },
    });
    const [run] = await catalogue.database.query<{ problems: { id: string; column: string }[] }>(
      "SELECT report -> 'problems' AS problems FROM import_run",
    );
    expect(run?.problems.map(({ column }) => column)).toEqual([
      'status',
      'status_source',
      'status_observed_on',
      'complete_members_end',
      'complete_members_start',
      'part_of',
    ]);
  });

  it('lists of records leave out parts, or have only these, with or without a search', async () => {
    const list = async (isPart: boolean | null): Promise<unknown[]> => {
      const data = await catalogue.query(
        `query ($isPart: Boolean) { denmark {
          records(isPart: $isPart) { totalCount nodes { name } } found: records(search: "s", isPart: $isPart) { nodes { name } }
          organisation(id: "dk:consortium:good") { ... on Consortium { records(isPart: $isPart) { totalCount nodes { name } } } } } }`,
        { isPart },
      );
      const [all, found, own] = [['records'], ['found'], ['organisation', 'records']].map((path) => [
        'denmark',
        ...path,
      ]);
      const namesAt = (path: readonly string[] = []): unknown =>
        listAt(data, ...path, 'nodes').map((node) => at(node, 'name'));
      const counts = [all, own].map((path = []) => at(data, ...path, 'totalCount'));
      return [namesAt(all), namesAt(found), namesAt(own), counts];
    };
    expect(await list(null)).toEqual([
      ['frontend', 'module', 'stranger', 'suite'],
      ['stranger', 'suite'],
      ['module', 'suite'],
      [4, 2],
    ]);
    expect(await list(false)).toEqual([['stranger', 'suite'], ['stranger', 'suite'], ['suite'], [2, 1]]);
    expect(await list(true)).toEqual([['frontend', 'module'], [], ['module'], [2, 1]]);
  });
});
