import { once } from 'node:events';

import Negotiator from 'negotiator';
import type { Response } from 'express';

import { countryByCode } from '../../../schema/values/countries.js';
import { HttpError } from '../../kit/http-error.js';
import { catalogueIdOf } from '../gateway/catalogue-id.js';
import type { GatewayClient, GatewayResponse, Sender } from '../gateway/gateway-client.js';
import { gatewayUnavailable, isTransient, toHttpError } from '../gateway/gateway-error.js';
import type { Handler, Route } from '../http/route.js';
import { toListOperation } from '../lists/list-operation.js';
import { readList } from '../lists/read-list.js';
import { readOperation } from '../operations/stored-operations.js';
import { objectPath } from '../web/model/paths.js';
import { chooseLanguage } from '../web/server/choose-language.js';
import { type Catalogue, type CatalogueRecord, describeCatalogue, describeRecord } from './catalogue.js';
import type { LinkedNode } from './context.js';
import { describeNeed, type Need } from './need.js';
import { describeMembership, describeOrganisation, type Membership, type Organisation } from './organisation.js';
import { jsonLd, nTriples, type RdfFormat, turtle } from './rdf-formats.js';
import { describeMergedSolution, type Solution } from './solution.js';

export interface LinkedDataOptions {
  readonly gateway: GatewayClient;
  /** The address at which clients reach the portal. */
  readonly publicUrl: () => string;
}

const resourceFormats = [jsonLd, turtle, nTriples];
const dumpFormats = [jsonLd, nTriples];

/** Objects of the graph as linked data, each at its address, and a dump of each catalogue in DCAT-AP. */
export function linkedDataRoutes({ gateway, publicUrl }: LinkedDataOptions): Route[] {
  const resourceQuery = readOperation('resource');
  const partQueries = { need: readOperation('need'), membership: readOperation('membership') };
  const recordsQuery = readOperation('catalogue-records');
  const base = (): string => publicUrl().replace(/\/$/, '');

  /** Reads what belongs to a catalogue, and has no other address in the graph. */
  const readPart = async (kind: keyof CatalogueParts, id: string, sender: Sender): Promise<CatalogueParts> => {
    const variables = { catalogue: catalogueIdOf(id.slice(0, 2)), id };
    const response = await gateway.execute({ query: partQueries[kind], variables }, sender);
    const parts = response.data['node'] as CatalogueParts | null;
    return parts?.[kind] ? parts : throwMissing(response);
  };

  const read = async (id: string, sender: Sender): Promise<LinkedNode[]> => {
    const kind = partKindOf(id);
    if (kind) return describePart(base(), await readPart(kind, id, sender));
    const response = await gateway.execute({ query: resourceQuery, variables: { id } }, sender);
    return describe(base(), response) ?? throwMissing(response);
  };

  /** The page of an object; a membership is on the page of its member. */
  const findPage = async (id: string, sender: Sender): Promise<string> => {
    if (partKindOf(id) !== 'membership') return objectPath(id);
    return objectPath((await readPart('membership', id, sender)).membership?.memberId ?? id);
  };

  const getResource: Handler = async (request, response, sender) => {
    response.vary('accept');
    const id = decodeURIComponent(request.path.slice('/id/'.length));
    const { accept, 'accept-language': acceptLanguage } = request.headers;
    if (prefersPage(accept)) {
      const page = await findPage(id, sender);
      response.vary('accept-language').redirect(303, `/${chooseLanguage(acceptLanguage)}${page}`);
      return;
    }
    const format = negotiate(accept);
    const nodes = await read(id, sender);
    const { start, end } = format.frame;
    response.type(`${format.mediaType}; charset=utf-8`).send(start + (await format.writePart(nodes)) + end);
  };

  const getDump: Handler = async (request, response, sender) => {
    const [country = '', extension] = String(request.params['file']).split('.');
    const format = dumpFormats.find((other) => other.extension === extension);
    if (!format || !countryByCode(country))
      throw new HttpError(
        'Not found. Dumps are at /dcat/{country}.jsonld and /dcat/{country}.nt, such as /dcat/it.nt.',
        {
          status: 404,
          code: 'NOT_FOUND',
        },
      );
    const catalogue = catalogueIdOf(country);
    const nodes = await read(catalogue, sender);
    const list = toListOperation({ query: recordsQuery, variables: { catalogue } });
    const parts = async function* (): AsyncGenerator<readonly LinkedNode[]> {
      // With the first page, so that a catalogue that cannot be read is an error and no document.
      let start = nodes;
      for await (const { items, missing } of readList(list, gateway, sender)) {
        if (missing.has(country.toUpperCase()) && missing.get(country.toUpperCase()) !== 'STALE')
          throw gatewayUnavailable();
        const described = items.flatMap((item) => {
          // A dump without one of its records would be a shorter catalogue.
          if (!item) throw gatewayUnavailable();
          return describeRecord(base(), catalogue, item as unknown as CatalogueRecord);
        });
        yield [...start, ...described];
        start = [];
      }
    };
    await sendParts(response, parts(), format, sender);
  };

  return [
    { path: '/id/*id', get: getResource },
    { path: '/dcat/:file', get: getDump },
  ];
}

/** Sends a document part by part, at the pace of the client. If reading fails on the way, the transfer is cut off. */
async function sendParts(
  response: Response,
  parts: AsyncGenerator<readonly LinkedNode[]>,
  { mediaType, frame, writePart }: RdfFormat,
  { signal }: Sender,
): Promise<void> {
  let separator = frame.start;
  for await (const nodes of parts) {
    const text = await writePart(nodes);
    if (text === '') continue;
    if (!response.headersSent) response.type(`${mediaType}; charset=utf-8`).set('cache-control', 'no-cache');
    // The rest of the catalogue is not read for headers.
    if (response.req.method === 'HEAD') break;
    if (!response.write(separator + text)) await once(response, 'drain', { signal });
    separator = frame.between;
  }
  response.end(frame.end);
}

/** What a catalogue has by an id, as the operation of its kind selects it. */
interface CatalogueParts {
  readonly need?: Need | null;
  readonly membership?: Membership | null;
}

const partKindOf = (id: string): keyof CatalogueParts | undefined =>
  /^[a-z]{2}:(need|membership):/.exec(id)?.[1] as keyof CatalogueParts | undefined;

const describePart = (base: string, { need, membership }: CatalogueParts): LinkedNode[] => [
  ...(need ? describeNeed(base, need) : []),
  ...(membership ? describeMembership(base, membership) : []),
];

/** The nodes that describe what a response contains; undefined if it contains nothing. */
function describe(base: string, { data }: GatewayResponse): LinkedNode[] | undefined {
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

const types = resourceFormats.map(({ mediaType }) => mediaType);

/** Whether a client prefers the page of an object to every format of its data, as browsers do. */
const prefersPage = (accept = '*/*'): boolean =>
  new Negotiator({ headers: { accept } }).mediaType([...types, 'text/html']) === 'text/html';

/** @throws HttpError 406 with the formats. */
function negotiate(accept = '*/*'): RdfFormat {
  const format = resourceFormats[types.indexOf(new Negotiator({ headers: { accept } }).mediaType(types) ?? '')];
  if (format) return format;
  throw new HttpError(`Accept one of ${types.join(', ')}.`, { status: 406, code: 'NOT_ACCEPTABLE' });
}
