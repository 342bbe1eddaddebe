import { plainCatalogue, startTestCatalogue, type TestCatalogue, writeTables } from '../testing/test-catalogue.js';
import { checks } from './checks.js';
import { type Finding, type QualityReport, reportQuality } from './report.js';
import { summariseQuality } from '../commands/quality-summary.js';

const day = '2026-06-01';

/** For each check, rows that it must find and similar ones that it must not find. */
const tables = {
  'sources.csv': ['id,url', 's,https://example.org/'],
  'administrations.csv': [
    'id,kind,level,official_languages,name_da,nuts,start,end,source',
    'dk:administration:a,MUNICIPALITY,LOCAL,da,Aby,DK011,,,s',
    'dk:administration:b,MUNICIPALITY,LOCAL,da,Bby,DK011,,,s',
    'dk:administration:c,MUNICIPALITY,LOCAL,da,Cby,DK011,,,s',
    'dk:administration:d,MUNICIPALITY,LOCAL,da,Dby,DK011,,,s',
    'dk:administration:twin-1,PROVINCE,LOCAL,da,Twin,DK01,,,s',
    'dk:administration:twin-2,PROVINCE,LOCAL,da,Twin,DK02,,,s',
    'dk:administration:gone,MUNICIPALITY,LOCAL,da,Dby,DK011,,2010-01-01,s',
    'dk:administration:merged,MUNICIPALITY,LOCAL,da,Merged,DK011,,2010-01-01,s',
    'dk:administration:late,MUNICIPALITY,LOCAL,da,Late,DK011,2030-01-01,,s',
  ],
  'successions.csv': ['predecessor,successor', 'dk:administration:merged,dk:administration:a'],
  'consortia.csv': [
    'id,kind,name_da,start,end,members_complete_since,source',
    'dk:consortium:k,ASSOCIATION,Kaa,2012-01-01,,,s',
    'dk:consortium:l,ASSOCIATION,Laug,,,2012-01-01,s',
    'dk:consortium:over,ASSOCIATION,Over,,2015-01-01,,s',
  ],
  'identifiers.csv': [
    'organisation,scheme,notation,start,end',
    ...['a', 'b'].map((id) => `dk:administration:${id},DK_TEST,A1,,`),
    'dk:administration:d,DK_TEST,D1,2020-01-01,',
    'dk:administration:twin-1,DK_TEST,D1,,2020-01-01',
    'dk:administration:twin-2,DK_TEST,T2,2009-01-01,',
    'dk:administration:merged,DK_TEST,T2,,',
    'dk:administration:late,DK_TEST,L1,,',
    'dk:consortium:k,DK_TEST,K1,,',
    'dk:consortium:l,DK_TEST,L2,,',
  ],
  'memberships.csv': [
    'id,consortium,member,role,start,end,ended,observed_on,source',
    'dk:membership:good,dk:consortium:k,dk:administration:a,MEMBER,2019-01-01,,,2020-01-01,s',
    'dk:membership:past,dk:consortium:k,dk:administration:a,MEMBER,2015-01-01,2019-01-01,,,s',
    'dk:membership:gone,dk:consortium:k,dk:administration:gone,MEMBER,2012-01-01,,,,s',
    'dk:membership:before,dk:consortium:k,dk:administration:b,MEMBER,2011-01-01,,,,s',
    'dk:membership:ended,dk:consortium:k,dk:administration:c,MEMBER,2013-01-01,,true,2014-01-01,s',
    'dk:membership:seen,dk:consortium:k,dk:administration:d,MEMBER,2020-01-01,,,2019-01-01,s',
    'dk:membership:again,dk:consortium:k,dk:administration:d,BOARD,2021-01-01,2022-01-01,,,s',
    'dk:membership:early,dk:consortium:l,dk:administration:late,MEMBER,2020-01-01,2026-01-01,,,s',
  ],
  'records.csv': [
    'id,kind,address,aliases,name,licence,publisher,publisher_name,maintained_until,codes,source',
    'dk:record:good,SOFTWARE,github.com/a/good,github.com/old/good,Good,EUPL-1.2,dk:consortium:k,,2026-06-01,DK_TASKS:1|EU_OTHER:5,s',
    'dk:record:named,SOFTWARE,github.com/a/named,,Named,EUPL-1.2,,Somebody,,,s',
    'dk:record:twin,SOFTWARE,github.com/a/named,,Twin,EUPL-1.2,dk:consortium:k,,,,s',
    'dk:record:bare,SOFTWARE,github.com/a/bare,,Bare,,,,2026-05-31,DK_TASKS:77,s',
    'dk:record:service,SERVICE,urn:dk:solution:service,,Service,,dk:consortium:k,,,,s',
  ],
  'portfolio.csv': [
    'id,consortium,address,start,end,source',
    'dk:portfolio:good,dk:consortium:k,github.com/old/good,2020-01-01,,s',
    'dk:portfolio:past,dk:consortium:k,github.com/old/good,,2020-01-01,s',
    'dk:portfolio:again,dk:consortium:k,github.com/old/good,2024-01-01,,s',
    'dk:portfolio:late,dk:consortium:over,github.com/old/good,2015-01-01,,s',
    'dk:portfolio:bare,dk:consortium:k,github.com/a/unheard-of,,,s',
  ],
  'adoptions.csv': [
    'id,administration,group,address,status,start,observed_on,raw_name,source',
    'dk:adoption:good,dk:administration:a,,github.com/a/good,PILOT,2020-01-01,2026-01-01,,s',
    'dk:adoption:old,dk:administration:b,,github.com/a/good,PILOT,2020-01-01,,,s',
    'dk:adoption:again,dk:administration:b,,github.com/a/good,PILOT,2025-01-01,,,s',
    'dk:adoption:over,dk:administration:b,,github.com/a/good,ENDED,,2020-01-01,,s',
    'dk:adoption:gone,dk:administration:gone,,github.com/a/good,PILOT,,2026-01-01,,s',
    'dk:adoption:open,,,github.com/a/good,PILOT,,2026-01-01,Nobody Known,s',
    'dk:adoption:group,,Five towns,github.com/a/good,PILOT,,2026-01-01,Five towns,s',
  ],
  'claims.csv': [
    'id,consortium,statement,as_of,published_on,source',
    'dk:claim:dated,dk:consortium:k,Two members,2020-01-01,,s',
    'dk:claim:undated,dk:consortium:k,Many members,,,s',
  ],
  'contracts.csv': [
    'id,supplier_name,client,start,source',
    'dk:contract:good,Firm,dk:administration:a,2020-01-01,s',
    'dk:contract:late,Firm,dk:administration:a,2031-01-01,s',
  ],
  'code_lists.csv': ['scheme,title_da,source', 'DK_TASKS,Opgaver,s'],
  'codes.csv': [
    'scheme,notation,label_da,broader,source',
    'DK_TASKS,1,One,,s',
    'DK_TASKS,2,Two,9,s',
    'DK_TASKS,3,Three,4,s',
    'DK_TASKS,4,Four,3,s',
    'DK_TASKS,4.1,Below a cycle,4,s',
  ],
  'mappings.csv': [
    'scheme,notation,relation,to_scheme,to_notation,topic,source',
    'DK_TASKS,1,EXACT,EU_OTHER,1,,s',
    'DK_TASKS,8,EXACT,,,elections,s',
    'EU_OTHER,1,CLOSE,DK_TASKS,7,,s',
  ],
  'needs.csv': [
    'id,statement_da,codes,source',
    'dk:need:good,Good,DK_TASKS:1|EU_OTHER:5,s',
    'dk:need:wrong,Wrong,DK_TASKS:6,s',
    'dk:need:bare,Bare,,s',
  ],
  'need_holders.csv': [
    'id,need,holder,holders_kind,state,start,met_by,raw_name,observed_on,source',
    'dk:need-holder:good,dk:need:good,dk:administration:a,,MET,2020-01-01,github.com/a/good,,,s',
    'dk:need-holder:again,dk:need:good,dk:administration:a,,MET,2021-01-01,,,,s',
    'dk:need-holder:rule,dk:need:wrong,,MUNICIPALITY,STATED,2020-01-01,,,,s',
    'dk:need-holder:gone,dk:need:wrong,dk:administration:gone,,STATED,2020-01-01,,,,s',
    'dk:need-holder:open,dk:need:wrong,,,STATED,2020-01-01,,Nobody Known,,s',
  ],
};

describe('reportQuality', () => {
  let catalogue: TestCatalogue;
  let report: QualityReport;
  const { folder, remove } = writeTables(tables);
  beforeAll(async () => {
    catalogue = await startTestCatalogue(plainCatalogue, folder);
    // No import writes such rows, but manual SQL can.
    await catalogue.database
      .query(`INSERT INTO adoption (id, administration_id, address, status, observed_on, provenance)
      VALUES ('dk:adoption:lost', 'dk:administration:lost', 'github.com/a/good', 'PILOT', '2026-01-01', '{}'),
        ('dk:adoption:abroad', 'it:administration:lost', 'github.com/a/good', 'PILOT', '2026-01-01', '{}')`);
    await catalogue.database.query(
      `UPDATE contract SET client_id = 'dk:administration:lost' WHERE id = 'dk:contract:good'`,
    );
    await catalogue.database.query(
      `UPDATE catalogue_record SET issues = '[{ "rule": "name", "severity": "ERROR" }, { "rule": "logo", "severity": "INFO" }]'
      WHERE id = 'dk:record:named'`,
    );
    catalogue.statements();
    report = await reportQuality(plainCatalogue, catalogue.database, day);
  });
  afterAll(async () => {
    await catalogue.close();
    remove();
  });

  it('counts the rows of the catalogue, and runs one SQL statement per check and one for the counts', () => {
    expect(report.holds).toMatchObject({
      administrations: 9,
      consortia: 3,
      memberships: 8,
      records: 5,
      adoptions: 9,
      codes: 5,
      needs: 3,
    });
    expect(catalogue.statements()).toHaveLength(checks.length + 1);
  });

  const expected: Record<string, string[]> = {
    'bodies-without-code': ['dk:administration:c: Cby', 'dk:administration:twin-1: Twin'],
    'codes-of-several': [
      'dk:administration:a: DK_TEST A1 is a code of dk:administration:b at the same time',
      'dk:administration:b: DK_TEST A1 is a code of dk:administration:a at the same time',
      'dk:administration:merged: DK_TEST T2 is a code of dk:administration:twin-2 at the same time',
      'dk:administration:twin-2: DK_TEST T2 is a code of dk:administration:merged at the same time',
    ],
    'overlapping-memberships': [
      'dk:membership:again: overlaps dk:membership:seen',
      'dk:membership:seen: overlaps dk:membership:again',
    ],
    'overlapping-portfolio': [
      'dk:portfolio:again: overlaps dk:portfolio:good',
      'dk:portfolio:good: overlaps dk:portfolio:again',
    ],
    'overlapping-adoptions': [
      'dk:adoption:again: overlaps dk:adoption:old',
      'dk:adoption:old: overlaps dk:adoption:again',
    ],
    'memberships-outside': [
      'dk:membership:early: ends on 2026-01-01, before dk:administration:late begins, on 2030-01-01',
      'dk:membership:gone: begins on 2012-01-01, after dk:administration:gone ended, on 2010-01-01',
    ],
    'portfolio-outside': ['dk:portfolio:late: begins on 2015-01-01, after dk:consortium:over ended, on 2015-01-01'],
    'adoptions-outside': ['dk:adoption:gone: begins on 2026-01-01, after dk:administration:gone ended, on 2010-01-01'],
    'needs-outside': ['dk:need-holder:gone: begins on 2020-01-01, after dk:administration:gone ended, on 2010-01-01'],
    'unknown-broader-codes': ['dk:code:dk-tasks-2: 9 is not in DK_TASKS'],
    'cycles-of-codes': [
      'dk:code:dk-tasks-3: 3 is broader than itself, by way of 4',
      'dk:code:dk-tasks-4: 4 is broader than itself, by way of 3',
    ],
    'mappings-of-unknown-codes': [
      'dk:code-mapping:dk-tasks-8-elections: 8 is not in DK_TASKS',
      'dk:code-mapping:eu-other-1-dk-tasks-7: 7 is not in DK_TASKS',
    ],
    'unknown-codes-of-records': ['dk:record:bare: DK_TASKS:77 is not in its code list'],
    'unknown-codes-of-needs': ['dk:need:wrong: DK_TASKS:6 is not in its code list'],
    'records-of-one-address': [
      'dk:record:named: github.com/a/named is the address of dk:record:twin too',
      'dk:record:twin: github.com/a/named is the address of dk:record:named too',
    ],
    'same-names': ['dk:administration:twin-1: Twin, DK01', 'dk:administration:twin-2: Twin, DK02'],
    'ended-without-successor': ['dk:administration:gone: Dby, ended 2010-01-01'],
    'doubtful-dates': [
      'dk:administration:late: begins in the future, on 2030-01-01',
      'dk:contract:late: begins in the future, on 2031-01-01',
      'dk:membership:before: begins on 2011-01-01, before dk:consortium:k, on 2012-01-01',
      'dk:membership:early: begins on 2020-01-01, before dk:administration:late, on 2030-01-01',
      'dk:membership:seen: was observed on 2019-01-01, before it began, on 2020-01-01',
    ],
    'undated-ends': ['dk:adoption:over: observed on 2020-01-01', 'dk:membership:ended: observed on 2014-01-01'],
    'undated-claims': ['dk:claim:undated: Many members'],
    'open-references': ['dk:adoption:lost: dk:administration:lost', 'dk:contract:good: dk:administration:lost'],
    'members-that-ended': ['dk:membership:gone: dk:administration:gone ended on 2010-01-01'],
    'users-that-ended': ['dk:adoption:gone: dk:administration:gone ended on 2010-01-01'],
    'members-unknown-before': ['dk:consortium:k: Kaa'],
    'unmatched-users': ['dk:adoption:open: "Nobody Known" uses github.com/a/good'],
    'unmatched-publishers': ['dk:record:named: Somebody'],
    'records-without-publisher': ['dk:record:bare: github.com/a/bare'],
    'records-without-licence': ['dk:record:bare: github.com/a/bare'],
    'records-with-errors': ['dk:record:named: name'],
    'maintenance-ended': ['dk:record:bare: maintained until 2026-05-31'],
    'needs-without-holder': ['dk:need:bare: Bare'],
    'needs-without-code': ['dk:need:bare: Bare'],
    'unmatched-holders': ['dk:need-holder:open: "Nobody Known" needs dk:need:wrong'],
    'met-by-nothing': ['dk:need:good: 1 holders'],
    'repeated-needs': ['dk:need:good: 1 holders, for example dk:administration:a'],
    'portfolio-without-record': ['dk:portfolio:bare: github.com/a/unheard-of'],
    'stale-adoptions': ['dk:adoption:old: observed on 2020-01-01'],
  };

  it('has an expectation for every check', () => {
    expect(Object.keys(expected)).toEqual(checks.map(({ name }) => name));
  });

  it.each(Object.entries(expected))('finds the rows of the check %s', (check, found) => {
    const { rows, count } = report.findings.find((finding) => finding.check === check) as Finding;
    expect(rows.map(({ id, detail }) => `${id}: ${String(detail)}`)).toEqual(found);
    expect(count).toBe(found.length);
  });

  it('is summarised with the most frequent findings first, and at most ten rows of each', () => {
    const many: Finding = {
      check: 'many',
      title: 'Many',
      count: 1200,
      rows: Array.from({ length: 1000 }, (_, index) => ({ id: `dk:record:${index}`, detail: 'x'.repeat(500) })),
    };
    const none: Finding = { check: 'none', title: 'None', count: 0, rows: [] };
    const lines = summariseQuality({ ...report, findings: [...report.findings, many, none] }).split('\n');
    expect(lines[0]).toMatch(/^The catalogue DK on 2026-06-01: 9 administrations, 3 consortia, 8 memberships/);
    expect(lines.indexOf('Many: 1200 (many):')).toBe(2);
    expect(lines[13]).toBe('  … and 1190 more, in the report (--report)');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(160);
    expect(lines.at(-1)).toBe('Nothing found by: none');
  });
});
