import { addMonths, dayBefore, today } from '../../../services/shared/dates.js';
import {
  type QueryResult,
  at,
  type Check,
  type Finding,
  listAt,
  type Subject,
  findUnless,
  findUnlessRejected,
} from '../subject.js';

/** The memberships that the catalogue shows just now, of its first consortia. */
async function memberships(subject: Subject): Promise<unknown[]> {
  const answer = await subject.queryCatalogue(
    'consortia(first: 20) { nodes { members(first: 200) { nodes { id consortiumId during { start end } } } } }',
  );
  return listAt(answer.data, 'catalogue', 'consortia', 'nodes').flatMap((node) => listAt(node, 'members', 'nodes'));
}

const members = (subject: Subject, consortium: unknown, asOf: string): Promise<QueryResult> =>
  subject.queryCatalogue(
    'organisation(id: $id) { ... on Consortium { existed { start } members(asOf: $asOf, first: 200) { nodes { id } pageInfo { hasNextPage } } } }',
    { id: consortium, asOf },
    '($id: ID!, $asOf: Date)',
  );
const has = (answer: QueryResult, id: unknown): boolean =>
  listAt(answer.data, 'catalogue', 'organisation', 'members', 'nodes').some((node) => at(node, 'id') === id);

/** An administration that has ended, by the feed: lists of today do not show it. */
async function findEnded(subject: Subject): Promise<{ id: string; name: string; end: string } | null> {
  let after: unknown = null;
  for (let page = 0; page < mostPages; page += 1) {
    const answer = await subject.queryCatalogue(
      `changes(first: 1000, after: $after) { pageInfo { hasNextPage endCursor }
        nodes { administration { id name existed { end } } } }`,
      { after },
      '($after: String)',
    );
    const changes = at(answer.data, 'catalogue', 'changes');
    for (const node of listAt(changes, 'nodes')) {
      const [id, name, end] = [['id'], ['name'], ['existed', 'end']].map((path) => at(node, 'administration', ...path));
      if (typeof id === 'string' && typeof name === 'string' && typeof end === 'string') return { id, name, end };
    }
    if (at(changes, 'pageInfo', 'hasNextPage') !== true) return null;
    after = at(changes, 'pageInfo', 'endCursor');
  }
  return null;
}

/** Of a feed this much is looked through. */
const mostPages = 10;

export const timeChecks: readonly Check[] = [
  {
    name: 'time: a membership counts from its first day, and not on the day before',
    why: 'Periods are half-open; a day more or less is another number in a report.',
    run: async (subject) => {
      const dated = (await memberships(subject)).find(
        (membership) => typeof at(membership, 'during', 'start') === 'string',
      );
      if (!dated) return null;
      const [id, consortium, start] = [
        at(dated, 'id'),
        at(dated, 'consortiumId'),
        String(at(dated, 'during', 'start')),
      ];
      const on = await members(subject, consortium, start);
      const before = await members(subject, consortium, dayBefore(start));
      return [
        ...findUnless(has(on, id), on, `${String(id)}, which began on that day`),
        ...findUnless(!has(before, id), before, `not ${String(id)}, which began on the day after`),
      ];
    },
  },
  {
    name: 'time: a consortium has no members before it exists',
    why: 'Otherwise a growth curve begins before its consortium.',
    run: async (subject) => {
      const answer = await subject.queryCatalogue('consortia(first: 20) { nodes { id existed { start } } }');
      const dated = listAt(answer.data, 'catalogue', 'consortia', 'nodes').find(
        (node) => typeof at(node, 'existed', 'start') === 'string',
      );
      if (!dated) return null;
      const before = await members(subject, at(dated, 'id'), addMonths(String(at(dated, 'existed', 'start')), -12));
      const found = listAt(before.data, 'catalogue', 'organisation', 'members', 'nodes');
      return findUnless(found.length === 0, before, 'no members', found);
    },
  },
  {
    name: 'time: an organisation is listed from its first day, and not on the day before',
    why: 'A merger ends bodies and starts one: on no day are both there.',
    run: async (subject) => {
      const listed = await subject.queryCatalogue('consortia(first: 20) { nodes { id existed { start } } }');
      const dated = listAt(listed.data, 'catalogue', 'consortia', 'nodes').find(
        (node) => typeof at(node, 'existed', 'start') === 'string',
      );
      if (!dated) return null;
      const start = String(at(dated, 'existed', 'start'));
      const on = (day: string): Promise<QueryResult> =>
        subject.queryCatalogue('consortia(asOf: $asOf, first: 200) { nodes { id } }', { asOf: day }, '($asOf: Date)');
      const isIn = (answer: QueryResult): boolean =>
        listAt(answer.data, 'catalogue', 'consortia', 'nodes').some((node) => at(node, 'id') === at(dated, 'id'));
      const [first, before] = [await on(start), await on(dayBefore(start))];
      return [
        ...findUnless(isIn(first), first, `${String(at(dated, 'id'))}, which began on that day`),
        ...findUnless(!isIn(before), before, `not ${String(at(dated, 'id'))}, which began on the day after`),
      ];
    },
  },
  {
    name: 'time: an organisation is listed on its last day, and not on the day on which it ended',
    why: 'Who merged would be counted twice on that day, or not at all on the one before.',
    run: async (subject) => {
      const ended = await findEnded(subject);
      if (!ended) return null;
      const { id, name, end } = ended;
      const listed = async (day: string): Promise<{ answer: QueryResult; isIn: boolean }> => {
        const answer = await subject.queryCatalogue(
          'administrations(search: $name, asOf: $asOf, first: 200) { nodes { id } }',
          { name: name.slice(0, 100), asOf: day },
          '($name: String, $asOf: Date)',
        );
        const isIn = listAt(answer.data, 'catalogue', 'administrations', 'nodes').some((node) => at(node, 'id') === id);
        return { answer, isIn };
      };
      const [last, after] = [await listed(dayBefore(end)), await listed(end)];
      return [
        ...findUnless(last.isIn, last.answer, `${id}, which ended on the day after`),
        ...findUnless(!after.isIn, after.answer, `not ${id}, which ended on that day`),
      ];
    },
  },
  {
    name: 'time: a day that does not exist is rejected',
    why: 'It would be taken for another day.',
    run: async (subject) => [
      ...findUnlessRejected(
        await subject.queryCatalogue(
          'administrations(asOf: $day) { totalCount }',
          { day: '2023-02-29' },
          '($day: Date)',
        ),
        'INVALID_DATE',
      ),
      ...findUnlessRejected(
        await subject.queryCatalogue('administrations(asOf: "yesterday") { totalCount }'),
        'INVALID_DATE',
      ),
    ],
  },
];

const counted = ['FOUNDER', 'MEMBER', 'BOARD'];

export const countChecks: readonly Check[] = [
  {
    name: 'counts: `knownMembers` are the members that are listed, and `share` is told of complete lists alone',
    why: 'A number that cannot be checked row by row is a claim.',
    run: async (subject) => {
      const answer = await subject.queryCatalogue(`consortia(first: 20) { nodes { id
        coverage(kind: MUNICIPALITY) { asOf kind knownMembers eligible share complete }
        members(kind: MUNICIPALITY, first: 200) { nodes { memberId role } pageInfo { hasNextPage } } } }`);
      const consortia = listAt(answer.data, 'catalogue', 'consortia', 'nodes').filter(
        (node) => at(node, 'coverage') != null,
      );
      const findings: Finding[] = [];
      for (const consortium of consortia) {
        const coverage = at(consortium, 'coverage');
        const [known, eligible, share] = ['knownMembers', 'eligible', 'share'].map(
          (field) => at(coverage, field) ?? null,
        );
        const rows = listAt(consortium, 'members', 'nodes').filter((row) => counted.includes(String(at(row, 'role'))));
        const distinct = new Set(rows.map((row) => at(row, 'memberId'))).size;
        const mayShare = at(coverage, 'complete') === true && eligible !== null;
        findings.push(
          ...(at(consortium, 'members', 'pageInfo', 'hasNextPage') === true
            ? []
            : findUnless(
                known === distinct,
                answer,
                `${String(at(consortium, 'id'))}: knownMembers ${distinct}`,
                coverage,
              )),
          ...findUnless(mayShare || share === null, answer, `${String(at(consortium, 'id'))}: share null`, coverage),
        );
      }
      return consortia.length === 0 ? null : findings;
    },
  },
  {
    name: 'counts: a growth curve has the days asked for in order, and on each the members that are listed',
    why: 'A curve that says other numbers than its lists is believed all the same.',
    run: async (subject) => {
      const [from, to] = [addMonths(today(), -36), today()];
      const answer = await subject.queryCatalogue(
        'consortia(first: 5) { nodes { id growth(from: $from, to: $to, interval: YEAR) { asOf knownMembers } } }',
        { from, to },
        '($from: Date!, $to: Date!)',
      );
      const findings: Finding[] = [];
      let tried = 0;
      for (const consortium of listAt(answer.data, 'catalogue', 'consortia', 'nodes')) {
        const points = listAt(consortium, 'growth');
        const days = points.map((point) => String(at(point, 'asOf')));
        const isOrdered = days.every((day, nth) => day >= from && day <= to && day > (days[nth - 1] ?? ''));
        findings.push(
          ...findUnless(isOrdered, answer, `days from ${from} to ${to}, each later than the one before`, days),
        );
        for (const point of points) {
          const listed = await subject.queryCatalogue(
            'organisation(id: $id) { ... on Consortium { members(asOf: $asOf, first: 200) { nodes { memberId role } pageInfo { hasNextPage } } } }',
            { id: at(consortium, 'id'), asOf: at(point, 'asOf') },
            '($id: ID!, $asOf: Date)',
          );
          const members = at(listed.data, 'catalogue', 'organisation', 'members');
          if (at(members, 'pageInfo', 'hasNextPage') !== false) continue;
          tried += 1;
          const rows = listAt(members, 'nodes').filter((row) => counted.includes(String(at(row, 'role'))));
          const distinct = new Set(rows.map((row) => at(row, 'memberId'))).size;
          findings.push(
            ...findUnless(at(point, 'knownMembers') === distinct, listed, `knownMembers ${distinct}`, point),
          );
        }
      }
      return tried === 0 && findings.length === 0 ? null : findings;
    },
  },
  {
    name: 'counts: a number of inhabitants is of the day asked for or before',
    why: 'A figure of a later day would be taken for that of the past.',
    run: async (subject) => {
      const answer = await subject.queryCatalogue(
        'administrations(first: 50) { nodes { id population { count on } } }',
      );
      const dated = listAt(answer.data, 'catalogue', 'administrations', 'nodes').find(
        (node) => typeof at(node, 'population', 'on') === 'string',
      );
      if (!dated) return null;
      const on = String(at(dated, 'population', 'on'));
      const then = await subject.queryCatalogue(
        'organisation(id: $id) { ... on Administration { same: population(asOf: $on) { count on } before: population(asOf: $before) { on } } }',
        { id: at(dated, 'id'), on, before: dayBefore(on) },
        '($id: ID!, $on: Date, $before: Date)',
      );
      const body = at(then.data, 'catalogue', 'organisation');
      const earlier = at(body, 'before', 'on') ?? null;
      return [
        ...findUnless(
          JSON.stringify(at(body, 'same')) === JSON.stringify(at(dated, 'population')),
          then,
          `the figure of ${on}, ${JSON.stringify(at(dated, 'population'))}`,
        ),
        ...findUnless(
          earlier === null || (typeof earlier === 'string' && earlier < on),
          then,
          `no figure of ${on} on the day before`,
        ),
      ];
    },
  },
  {
    name: 'counts: a denominator is told only for kinds and days for which the list is complete',
    why: 'Before that it is null instead of a smaller number.',
    run: async (subject) => {
      const answer = await subject.queryCatalogue(`completeSince { kind nuts since }
        now: administrationCount(kind: MUNICIPALITY) long: administrationCount(kind: MUNICIPALITY, asOf: "1700-01-01")
        listed: administrations(filter: { kind: MUNICIPALITY }, first: 0) { totalCount }`);
      const catalogue = at(answer.data, 'catalogue');
      const since = listAt(catalogue, 'completeSince').filter(
        (line) => at(line, 'kind') === 'MUNICIPALITY' && (at(line, 'nuts') ?? null) === null,
      );
      const [now, long] = [at(catalogue, 'now') ?? null, at(catalogue, 'long') ?? null];
      const isComplete = since.some((line) => String(at(line, 'since')) <= new Date().toISOString().slice(0, 10));
      const expected = isComplete ? at(catalogue, 'listed', 'totalCount') : null;
      return [
        ...findUnless(
          now === expected,
          answer,
          `administrationCount ${String(expected)} today, by completeSince and the list`,
          now,
        ),
        ...findUnless(
          long === null || since.some((line) => String(at(line, 'since')) <= '1700-01-01'),
          answer,
          'administrationCount null for 1700',
          long,
        ),
      ];
    },
  },
];
