import { useCatalogue } from '../../testing/use-catalogue.js';

const consortium = (id: string, status: string): string => `dk:consortium:${id},ASSOCIATION,${id},${status},s`;
const record = (id: string, partOf: string): string => `dk:record:${id},SOFTWARE,github.com/a/${id},${id},${partOf},s`;

describe('the status of a consortium and the whole of a solution', () => {
  const catalogue = useCatalogue({
    'sources.csv': ['id,url', 's,https://example.org/', 'report,https://example.org/report'],
    'consortia.csv': [
      'id,kind,name_da,status,status_source,status_observed_on,status_note,source',
      consortium('good', 'IN_DISSOLUTION,report,2020-01-01,Undated'),
      consortium('ended', 'ENDED,report,2020-01-01,'),
      consortium('unsourced', 'ACTIVE,,2020-01-01,'),
      consortium('undated', 'ACTIVE,report,,'),
    ],
    'records.csv': [
      'id,kind,address,name,part_of,source',
      record('frontend', 'https://github.com/A/Backend.git'),
      record('own', 'github.com/a/own'),
    ],
  });

  it('are imported with their source, and rejected without one', async () => {
    expect(
      await catalogue.query(`{ denmark { consortia { nodes { id status statusProvenance { source observedOn note } } }
        records { nodes { id partOf } } } }`),
    ).toEqual({
      denmark: {
        consortia: {
          nodes: [
            {
              id: 'dk:consortium:good',
              status: 'IN_DISSOLUTION',
              statusProvenance: { source: 'https://example.org/report', observedOn: '2020-01-01', note: 'Undated' },
            },
          ],
        },
        records: { nodes: [{ id: 'dk:record:frontend', partOf: 'github.com/a/backend' }] },
      },
    });
    const [run] = await catalogue.database.query<{ problems: { id: string; column: string }[] }>(
      "SELECT report -> 'problems' AS problems FROM import_run",
    );
    expect(run?.problems.map(({ column }) => column)).toEqual([
      'status',
      'status_source',
      'status_observed_on',
      'part_of',
    ]);
  });
});
