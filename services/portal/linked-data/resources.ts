import { HttpError } from '../../kit/http-error.js';
import { catalogueIdOf } from '../gateway/catalogue-id.js';
import type { GatewayClient, GatewayResponse, JsonObject, Sender } from '../gateway/gateway-client.js';
import { gatewayUnavailable, isTransient, toHttpError } from '../gateway/gateway-error.js';
import { toListOperation } from '../lists/list-operation.js';
import { type ListItem, type ListPage, readList } from '../lists/read-list.js';
import { readOperation } from '../operations/stored-operations.js';
import type { Language } from '../web/model/languages.js';
import { cataloguePath, homePath, objectPath, solutionPath, withParameters } from '../web/model/paths.js';
import { type Catalogue, type CatalogueRecord, describeCatalogue, describeRecord } from './catalogue.js';
import {
  type Code,
  type CodeList,
  describeCode,
  describeCodeList,
  describeScheme,
  isSchemeName,
  parseCodeAddress,
  type SchemeName,
} from './concepts.js';
import type { Base, LinkedNode } from './context.js';
import { describeNeed, type Need } from './need.js';
import { describeMembership, describeOrganisation, type Membership, type Organisation } from './organisation.js';
import { describeMergedSolution, type Solution } from './solution.js';

/** What has an address: `/id/…`. */
export interface Resource {
  /** Reads its description; a long one in parts. @throws HttpError if the object does not exist, or cannot be read. */
  readonly read: (sender: Sender) => Promise<LinkedNode[]> | AsyncGenerator<readonly LinkedNode[]>;
  /** Finds the page that shows it, without the language with which its path begins. */
  readonly findPage: (language: Language, sender: Sender) => Promise<string> | string;
}

export interface Resources {
  /** @param path what follows `/id/`, as the request has it. */
  readonly find: (path: string) => Resource;
  /** The description of a catalogue, then all of its records. */
  readonly readDump: (country: string, sender: Sender) => AsyncGenerator<readonly LinkedNode[]>;
}

/** What a catalogue has by an id, and has no other address in the graph. */
interface CatalogueParts {
  readonly need?: Need | null;
  readonly membership?: Membership | null;
  readonly record?: CatalogueRecord | null;
}

/** Finds what has an address, and reads it from the graph. */
export function createResources(gateway: GatewayClient, base: () => Base): Resources {
  const resourceQuery = readOperation('resource');
  const recordsQuery = readOperation('catalogue-records');
  const partQueries = {
    need: { query: readOperation('need') },
    membership: { query: readOperation('membership') },
    record: { query: recordsQuery, operationName: 'CatalogueRecord' },
  };
  const codeQuery = readOperation('code');
  const codeListQuery = readOperation('code-list');

  const readNode = async (id: string, sender: Sender): Promise<LinkedNode[]> => {
    const response = await gateway.execute({ query: resourceQuery, variables: { id } }, sender);
    return describeNode(base(), response) ?? throwMissing(response);
  };

  const findPart = (kind: keyof CatalogueParts, id: string): Resource => {
    const catalogue = catalogueIdOf(id.slice(0, 2));
    const read = async (sender: Sender): Promise<CatalogueParts> => {
      const response = await gateway.execute({ ...partQueries[kind], variables: { catalogue, id } }, sender);
      const parts = response.data['node'] as CatalogueParts | null;
      return parts?.[kind] ? parts : throwMissing(response);
    };
    return {
      read: async (sender) => describePart(base(), catalogue, await read(sender)),
      findPage: async (_language, sender) => {
        if (kind === 'need') return objectPath(id);
        const { membership, record } = await read(sender);
        // A membership is on the page of its member, and what a record states on that of its solution.
        return membership ? objectPath(membership.memberId) : solutionPath(record?.solutionAddress ?? id);
      },
    };
  };

  const findCode = (variables: JsonObject): Resource => {
    const read = async (sender: Sender): Promise<Code> => {
      const response = await gateway.execute({ query: codeQuery, variables }, sender);
      const { from } = (response.data['crosswalk'] ?? {}) as { readonly from?: { readonly code: Code | null } };
      return from?.code ?? throwMissing(response);
    };
    return {
      read: async (sender) => [describeCode(base(), await read(sender))],
      findPage: async (language, sender) => {
        const { labels, notation } = await read(sender);
        const label = labels.find((other) => other.language === language) ?? labels[0];
        return `${homePath}${withParameters('', { q: label?.text ?? notation })}`;
      },
    };
  };

  const findCodeList = (scheme: string): Resource => {
    const operation = { query: codeListQuery, variables: { scheme } };
    const readFirst = async (sender: Sender): Promise<{ readonly country: string; readonly codeList: CodeList }> => {
      const response = await gateway.execute({ ...operation, operationName: 'CodeList' }, sender);
      type First = { readonly country: string; readonly codeList: CodeList | null } | null;
      const { nodes = [] } = (response.data['codes'] ?? {}) as { readonly nodes?: readonly First[] };
      const [first] = nodes;
      return first?.codeList ? { country: first.country, codeList: first.codeList } : throwMissing(response);
    };
    const readAll = async function* (sender: Sender): AsyncGenerator<readonly LinkedNode[]> {
      yield describeCodeList(base(), (await readFirst(sender)).codeList);
      for await (const page of readList(toListOperation({ ...operation, operationName: 'Codes' }), gateway, sender))
        yield itemsOf<Code>(page).map((code) => describeCode(base(), code));
    };
    return {
      read: (sender) => readAll(sender),
      findPage: async (_language, sender) => cataloguePath((await readFirst(sender)).country),
    };
  };

  const readDump = async function* (country: string, sender: Sender): AsyncGenerator<readonly LinkedNode[]> {
    const catalogue = catalogueIdOf(country);
    let start = await readNode(catalogue, sender);
    const operation = { query: recordsQuery, operationName: 'CatalogueRecords', variables: { catalogue } };
    for await (const page of readList(toListOperation(operation), gateway, sender)) {
      const state = page.missing.get(country.toUpperCase()) ?? 'STALE';
      if (state !== 'STALE') throw gatewayUnavailable();
      // With the first page, so that a catalogue that cannot be read is an error and no document.
      yield [
        ...start,
        ...itemsOf<CatalogueRecord>(page).flatMap((record) => describeRecord(base(), catalogue, record)),
      ];
      start = [];
    }
  };

  return {
    find: (path) => {
      const { scheme, notation } = parseCodeAddress(path) ?? {};
      if (scheme !== undefined) return notation === undefined ? findCodeList(scheme) : findCode({ scheme, notation });
      const id = decodeURIComponent(path);
      if (isSchemeName(id))
        return { read: () => Promise.resolve(describeScheme(base(), id)), findPage: () => schemePages[id] };
      const kind = partKindOf(id);
      if (kind) return findPart(kind, id);
      return { read: (sender) => readNode(id, sender), findPage: () => objectPath(id) };
    },
    readDump,
  };
}

/** The lists of what the values of a scheme classify. */
const schemePages: Readonly<Record<SchemeName, string>> = {
  'administration-kind': `${homePath}?in=administrations`,
  'consortium-kind': `${homePath}?in=consortia`,
  'membership-role': `${homePath}?in=consortia`,
};

const partKindOf = (id: string): keyof CatalogueParts | undefined =>
  /^[a-z]{2}:(need|membership|record):/.exec(id)?.[1] as keyof CatalogueParts | undefined;

const describePart = (base: Base, catalogue: string, { need, membership, record }: CatalogueParts): LinkedNode[] => [
  ...(need ? describeNeed(base, need) : []),
  ...(membership ? describeMembership(base, membership) : []),
  ...(record ? describeRecord(base, catalogue, record) : []),
];

/** The items of a page, as its operation selects them. A document without one of them would be a shorter list. */
const itemsOf = <Item>({ items }: ListPage): Item[] =>
  items.map((item: ListItem) => {
    if (!item) throw gatewayUnavailable();
    return item as unknown as Item;
  });

/** The nodes that describe what a response contains; undefined if it contains nothing. */
function describeNode(base: Base, { data }: GatewayResponse): LinkedNode[] | undefined {
  const found = data['node'] as { readonly __typename?: string } | null;
  const type = found?.__typename ?? '';
  if (type === 'Solution') {
    const solution = found as unknown as Solution;
    // An address that no catalogue describes is none of a solution that is known.
    return solution.name === null ? undefined : describeMergedSolution(base, solution);
  }
  if (type.endsWith('Catalogue')) return describeCatalogue(base, found as unknown as Catalogue);
  return found ? describeOrganisation(base, found as unknown as Organisation) : undefined;
}

function throwMissing({ errors }: GatewayResponse): never {
  const error = errors.find((other) => !isTransient(other)) ?? errors[0];
  if (error) throw toHttpError(error);
  throw new HttpError('There is nothing with this id.', { status: 404, code: 'NOT_FOUND' });
}
