import {
  getNamedType,
  getNullableType,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isRequiredInputField,
} from 'graphql';
import pg from 'pg';

import type { RunningService } from '../../kit/http/service.js';
import { type LocalIssuer, startLocalIssuer } from '../../kit/auth/local-issuer.js';
import { badTokens, settingsFor } from '../../kit/testing/access-tokens.js';
import { silentLogger } from '../../kit/testing/silent-logger.js';
import { createServiceDatabase, type ServiceDatabase } from '../../kit/testing/databases.js';
import { createSchemas } from '../graphql/schema.js';
import { type CatalogueOptions, startCatalogue } from '../service.js';
import { plainCatalogue, writeTables } from '../testing/test-catalogue.js';
import { tables } from '../testing/mutation-fixtures.js';
import { type Action, actions } from './permissions.js';
import { waitUntil } from '../../kit/testing/wait-until.js';

const audience = 'reuse-graph-denmark';
const { open } = createSchemas(plainCatalogue);
const mutations = Object.values(open.getMutationType()?.getFields() ?? {});

/** The organisations of a mutation: the editor's own, another, one that does not exist, one of another country. */
const targets = {
  own: { consortiumId: 'dk:consortium:k', administrationId: 'dk:administration:a' },
  other: { consortiumId: 'dk:consortium:l', administrationId: 'dk:administration:b' },
  missing: { consortiumId: 'dk:consortium:nowhere', administrationId: 'dk:administration:nowhere' },
  foreign: { consortiumId: 'be:consortium:0841470248', administrationId: 'be:administration:25110' },
};
type Target = keyof typeof targets;

const people = {
  'no login': null,
  'a user without a role': [],
  'a reader': ['reader'],
  'a role of another system': ['admin', 'Administrator', 'catalogue_editor'],
  'a consortium editor': [`consortium-editor:${targets.own.consortiumId}`],
  'an editor of a consortium of another country': [`consortium-editor:${targets.foreign.consortiumId}`],
  'an administration editor': [`administration-editor:${targets.own.administrationId}`],
  'an editor of an administration of another country': [`administration-editor:${targets.foreign.administrationId}`],
  'a catalogue editor': ['catalogue-editor'],
  'an administrator': ['administrator'],
} as const satisfies Readonly<Record<string, readonly string[] | null>>;
type Person = keyof typeof people;

/** The roles that are allowed besides administrators; editors of one organisation only for their own. */
const table: Readonly<Record<Action, readonly Person[]>> = {
  registerAdministration: ['a catalogue editor'],
  renameAdministration: ['a catalogue editor'],
  mergeAdministrations: [],
  closeAdministration: [],
  foundConsortium: ['a catalogue editor'],
  closeConsortium: [],
  stateConsortiumStatus: ['a catalogue editor', 'a consortium editor'],
  admitMember: ['a catalogue editor', 'a consortium editor'],
  endMembership: ['a catalogue editor', 'a consortium editor'],
  correctMembership: ['a catalogue editor', 'a consortium editor'],
  stateClaim: ['a catalogue editor', 'a consortium editor'],
  publishRecord: ['a catalogue editor'],
  correctRecord: ['a catalogue editor'],
  withdrawRecord: ['a catalogue editor'],
  placeInPortfolio: ['a catalogue editor', 'a consortium editor'],
  moveInPortfolio: ['a catalogue editor', 'a consortium editor'],
  recordAdoption: ['a catalogue editor', 'an administration editor'],
  endAdoption: ['a catalogue editor', 'an administration editor'],
  publishCodeList: ['a catalogue editor'],
  correctCodeList: ['a catalogue editor'],
  withdrawCodeList: ['a catalogue editor'],
  publishCodes: ['a catalogue editor'],
  correctCode: ['a catalogue editor'],
  withdrawCode: ['a catalogue editor'],
  stateMapping: ['a catalogue editor'],
  withdrawMapping: ['a catalogue editor'],
  stateNeed: ['a catalogue editor'],
  correctNeed: ['a catalogue editor'],
  withdrawNeed: ['a catalogue editor'],
  stateNeedHolder: ['a catalogue editor', 'a consortium editor', 'an administration editor'],
  changeNeedState: ['a catalogue editor', 'a consortium editor', 'an administration editor'],
  correctNeedHolder: ['a catalogue editor', 'a consortium editor', 'an administration editor'],
  publishTerms: ['a catalogue editor', 'a consortium editor'],
  correctTerms: ['a catalogue editor', 'a consortium editor'],
  withdrawTerms: ['a catalogue editor', 'a consortium editor'],
  recordContract: ['a catalogue editor'],
  endContract: ['a catalogue editor'],
  registerWebhook: ['a catalogue editor'],
  rotateWebhookSecret: ['a catalogue editor'],
  enableWebhook: ['a catalogue editor'],
  withdrawWebhook: ['a catalogue editor'],
};

function expected(action: Action, person: Person, target: Target): string {
  if (person === 'no login') return 'UNAUTHENTICATED';
  const isOfOneOrganisation = person === 'a consortium editor' || person === 'an administration editor';
  const isAllowed =
    person === 'an administrator' || (table[action].includes(person) && (!isOfOneOrganisation || target === 'own'));
  return isAllowed ? 'allowed' : 'FORBIDDEN';
}

/** A value of a type with as few fields as possible; ids of the target where it has them. */
function valueOf(type: GraphQLInputType, given: Readonly<Record<string, string>>): unknown {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return [valueOf(nullable.ofType, given)];
  if (isEnumType(nullable)) return nullable.getValues()[0]?.name;
  if (isInputObjectType(nullable)) {
    const fields = Object.values(nullable.getFields()).filter(
      (field) => isRequiredInputField(field) || field.name in given,
    );
    return Object.fromEntries(fields.map(({ name, type: of }) => [name, given[name] ?? valueOf(of, given)]));
  }
  return { Int: 1, Boolean: true, Date: '2020-01-01', URL: 'https://example.org/' }[getNamedType(type).name] ?? 'x';
}

describe('permissions at a country’s GraphQL endpoint', () => {
  let issuer: LocalIssuer;
  let database: ServiceDatabase;
  let owner: pg.Client;
  let service: RunningService;
  let options: CatalogueOptions;
  const lines: string[] = [];
  const { folder, remove } = writeTables(tables);
  beforeAll(async () => {
    issuer = await startLocalIssuer();
    database = await createServiceDatabase();
    const write = (...line: unknown[]): void => void lines.push(JSON.stringify(line));
    const logger = Object.assign(Object.create(silentLogger) as typeof silentLogger, { warn: write, error: write });
    options = { port: 0, databaseUrl: database.serviceUrl, migrationUrl: database.url, tables: folder, logger };
    service = await startCatalogue(plainCatalogue, { ...options, login: settingsFor(issuer.issuer, audience) });
    owner = new pg.Client({ connectionString: database.url });
    await owner.connect();
  });
  afterAll(async () => {
    await service.stop();
    await owner.end();
    await database.drop();
    await issuer.stop();
    remove();
  });

  interface Outcome {
    readonly status: number;
    readonly challenge: string | null;
    readonly code: unknown;
    readonly message: unknown;
  }

  /** Tries a mutation without the reason, which every allowed editor has to give. */
  async function attempt(
    action: Action,
    target: Target,
    token: string | null,
    at = service,
    holder: keyof (typeof targets)[Target] = 'administrationId',
  ): Promise<Outcome> {
    const type = open.getType(`${action.charAt(0).toUpperCase()}${action.slice(1)}Input`) as GraphQLInputType;
    const input = valueOf(type, {
      ...targets[target],
      holderId: targets[target][holder],
      idempotencyKey: 'k',
      reason: ' ',
    });
    const response = await fetch(`http://127.0.0.1:${at.port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({
        query: `mutation ($input: ${String(type)}!) { ${action}(input: $input) { failures { code field } } }`,
        variables: { input },
      }),
    });
    const { data, errors } = (await response.json()) as {
      data?: Record<string, { failures: { code: string; field: string[] }[] }> | null;
      errors?: { message: string; extensions: { code: string } }[];
    };
    const [failure] = data?.[action]?.failures ?? [];
    const isAllowed = failure?.code === 'INVALID_VALUE' && failure.field[0] === 'reason';
    return {
      status: response.status,
      challenge: response.headers.get('www-authenticate'),
      code: isAllowed ? 'allowed' : errors?.[0]?.extensions.code,
      message: errors?.[0]?.message,
    };
  }

  /** The rows that a mutation would add to. */
  const countWrittenRows = async (): Promise<unknown> => {
    const { rows } = await owner.query(`
      SELECT last_number, (SELECT count(*) FROM audit_entry) AS audited, (SELECT count(*) FROM given_answer) AS responses,
        (SELECT count(*) FROM change) AS changed FROM feed`);
    return rows;
  };

  it('cover exactly the mutations of the schema', () => {
    expect(mutations.map(({ name }) => name).sort()).toEqual([...actions].sort());
    expect(Object.keys(table).sort()).toEqual([...actions].sort());
  });

  it.each(mutations.map(({ name }) => name as Action))(
    'allow %s exactly for the roles in the table',
    async (action) => {
      const before = await countWrittenRows();
      const denials = new Set<string>();
      for (const [person, roles] of Object.entries(people) as [Person, readonly string[] | null][]) {
        const token = roles && (await issuer.sign({ aud: audience, sub: person, roles }));
        const names = Object.keys(targets) as Target[];
        const holder = person === 'a consortium editor' ? 'consortiumId' : 'administrationId';
        const outcomes = await Promise.all(names.map((target) => attempt(action, target, token, service, holder)));
        const codes = Object.fromEntries(names.map((target, index) => [target, outcomes[index]?.code]));
        const due = Object.fromEntries(names.map((target) => [target, expected(action, person, target)]));
        expect([person, codes]).toEqual([person, due]);
        for (const outcome of outcomes) if (outcome.code === 'FORBIDDEN') denials.add(JSON.stringify(outcome));
        if (roles === null)
          expect(outcomes.map(({ status, challenge }) => [status, challenge])).toEqual(
            outcomes.map(() => [401, 'Bearer']),
          );
      }
      // A denial does not disclose what exists.
      expect(denials.size).toBe(1);
      expect(await countWrittenRows()).toEqual(before);
    },
  );

  it('allow no mutation with an invalid token, whatever roles it claims', async () => {
    const before = await countWrittenRows();
    const bad = await badTokens(issuer, { aud: audience, roles: ['administrator'] });
    // Each mutation and each token: the kit's own test has what is wrong with each, and every mutation gets its user in the same way.
    const tokens = Object.entries(bad);
    const turns = Array.from({ length: Math.max(tokens.length, mutations.length) }, (_, turn) => ({
      action: mutations[turn % mutations.length]?.name as Action,
      wrong: tokens[turn % tokens.length] as [string, string],
    }));
    await Promise.all(
      turns.map(async ({ action, wrong: [what, token] }) => {
        const { status, challenge, code } = await attempt(action, 'own', token);
        expect([action, what, status, challenge, code]).toEqual([
          action,
          what,
          401,
          'Bearer error="invalid_token"',
          'UNAUTHENTICATED',
        ]);
      }),
    );
    expect(await countWrittenRows()).toEqual(before);
  });

  it('put the token’s subject into the audit trail, readable for the editors of its organisation', async () => {
    const execute = async (query: string, roles: readonly string[] | null): Promise<unknown> => {
      const token = roles && (await issuer.sign({ aud: audience, sub: 'anna', roles }));
      const response = await fetch(`http://127.0.0.1:${service.port}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify({ query }),
      });
      const { data, errors } = (await response.json()) as {
        data: unknown;
        errors?: { extensions: { code: string } }[];
      };
      return errors ? errors.map(({ extensions }) => extensions.code) : data;
    };
    const { own } = targets;
    const placed = await execute(
      `mutation { placeInPortfolio(input: { idempotencyKey: "k", reason: "decided in May", consortiumId: "${own.consortiumId}",
        solutionAddress: "github.com/kreds/meet", provenance: { method: DECLARED, assertedBy: "Kreds" } }) {
          portfolioEntry { solutionAddress } failures { message } } }`,
      people['a consortium editor'],
    );
    expect(placed).toEqual({
      placeInPortfolio: { portfolioEntry: { solutionAddress: 'github.com/kreds/meet' }, failures: [] },
    });
    const trail = '{ auditTrail { nodes { issuer editor mutation reason } } }';
    const entry = { issuer: issuer.issuer, editor: 'anna', mutation: 'placeInPortfolio', reason: 'decided in May' };
    const due: Readonly<Record<Person, unknown>> = {
      'no login': ['UNAUTHENTICATED'],
      'a user without a role': ['FORBIDDEN'],
      'a reader': [entry],
      'a role of another system': ['FORBIDDEN'],
      'a consortium editor': [entry],
      'an editor of a consortium of another country': ['FORBIDDEN'],
      'an administration editor': [],
      'an editor of an administration of another country': ['FORBIDDEN'],
      'a catalogue editor': [entry],
      'an administrator': [entry],
    };
    for (const [person, roles] of Object.entries(people) as [Person, readonly string[] | null][]) {
      const read = (await execute(trail, roles)) as string[] | { auditTrail: { nodes: unknown[] } };
      expect([person, Array.isArray(read) ? read : read.auditTrail.nodes]).toEqual([person, due[person]]);
    }
  });

  it('allow no mutation where no login is configured, and the error states it', async () => {
    const closed = await startCatalogue(plainCatalogue, options);
    const token = await issuer.sign({ aud: audience, roles: ['administrator'] });
    expect(await attempt('admitMember', 'own', token, closed)).toMatchObject({
      status: 401,
      code: 'UNAUTHENTICATED',
      message: 'This catalogue has no login configured, so no client can log in.',
    });
    await closed.stop();
  });

  it('log the subject of a denied request, and never its token', async () => {
    lines.splice(0);
    const token = await issuer.sign({ aud: audience, sub: 'mette', roles: ['reader'] });
    await Promise.all(Array.from({ length: 50 }, () => attempt('admitMember', 'own', token)));
    // The denial of an action that was just logged is not logged again at once.
    const isLogged = async (): Promise<boolean> => {
      await attempt('admitMember', 'own', token);
      return lines.length > 0;
    };
    if (lines.length === 0) await waitUntil('the denial to be logged', isLogged, { intervalMs: 100 });
    expect(lines.length).toBeLessThanOrEqual(3);
    expect(lines[0]).toContain(`"action":"admitMember","issuer":"${issuer.issuer}","subject":"mette"`);
    for (const part of token.split('.')) expect(lines.join()).not.toContain(part.slice(0, 20));
  });
});
