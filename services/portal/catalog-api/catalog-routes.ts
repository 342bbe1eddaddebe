import type { Request } from 'express';
import { z } from 'zod';

import { parseSolutionAddress } from '../../../schema/values/solution-address.js';
import type { GatewayClient, JsonObject } from '../gateway/gateway-client.js';
import type { Handler, Route } from '../http/route.js';
import {
  byCreation,
  type CatalogueSummary,
  createCatalogueReader,
  createMerger,
  type RecordSummary,
} from './catalogue-reader.js';
import { pageParameters, parseParameters, periodParameters, selectPage } from './pages.js';
import { problem } from './problem.js';
import { type Publisher, toPublishers } from './publishers.js';
import { createSoftwareReader } from './software.js';
import { toUuid } from './to-uuid.js';

const softwareParameters = { ...pageParameters, ...periodParameters, url: z.string().min(1).max(255).optional() };
const publisherParameters = { ...pageParameters, ...periodParameters };

/**
 * The Open Catalog API of developers-italia-api, as far as it reads: its software are the records of all catalogues, its catalogs the
 * countries' catalogues.
 */
export function catalogRoutes(gateway: GatewayClient): Route[] {
  const readCatalogues = createCatalogueReader(gateway);
  const readSoftware = createSoftwareReader(gateway);
  const merge = createMerger();

  /** The catalogue that a path names by its id or its country; all of them if it names none. */
  const cataloguesOf = async ({ params }: Request): Promise<readonly CatalogueSummary[]> => {
    const wanted = params['catalogId'];
    if (wanted === undefined) return readCatalogues();
    const catalogues = await readCatalogues(
      /^[A-Za-z]{2}$/.test(String(wanted)) ? String(wanted).toUpperCase() : undefined,
    );
    const found = catalogues.filter(({ uuid, country }) => uuid === wanted || country === String(wanted).toUpperCase());
    if (found.length === 0) throw problem(404, 'Catalog was not found');
    return found;
  };
  const recordsOf = async (request: Request): Promise<readonly RecordSummary[]> => merge(await cataloguesOf(request));

  const listSoftware: Handler = async (request, response, sender) => {
    const search = searchOf(request);
    const { url, ...page } = parseParameters(softwareParameters, search);
    const records = await recordsOf(request);
    const { items, links } = selectPage(url === undefined ? records : withUrl(records, url), page, search);
    response.json({ data: await readSoftware(items, sender), links });
  };
  const listPublishers: Handler = async (request, response) => {
    const search = searchOf(request);
    const page = parseParameters(publisherParameters, search);
    const { items, links } = selectPage(toPublishers(await recordsOf(request)), page, search);
    response.json({ data: items.map(writePublisher), links });
  };
  const listCatalogs: Handler = async (request, response) => {
    const search = searchOf(request);
    const page = parseParameters(pageParameters, search);
    const catalogs = (await readCatalogues()).map(toCatalog).sort(byCreation);
    const { items, links } = selectPage(catalogs, page, search);
    response.json({ data: items.map(({ uuid: _uuid, ...catalog }) => catalog), links });
  };
  const getSoftware: Handler = async (request, response, sender) => {
    const id = request.params['softwareId'];
    const record = (await recordsOf(request)).find((other) => other.uuid === id || other.id === id);
    const [software] = record ? await readSoftware([record], sender) : [];
    if (!software) throw problem(404, 'Software was not found');
    response.json(software);
  };
  const getPublisher: Handler = async (request, response) => {
    const id = request.params['publisherId'];
    const publishers = toPublishers(await recordsOf(request));
    const publisher = publishers.find(({ uuid, alternativeId }) => uuid === id || alternativeId === id);
    if (!publisher) throw problem(404, 'Publisher was not found');
    response.json(writePublisher(publisher));
  };
  const getCatalog: Handler = async (request, response) => {
    const [catalogue] = await cataloguesOf(request);
    if (!catalogue) throw problem(404, 'Catalog was not found');
    const { uuid: _uuid, ...catalog } = toCatalog(catalogue);
    response.json(catalog);
  };
  const routes: Readonly<Record<string, Handler>> = {
    '/v1/status': (_request, response) => void response.status(204).end(),
    '/v1/software': listSoftware,
    '/v1/software/:softwareId': getSoftware,
    '/v1/publishers': listPublishers,
    '/v1/publishers/:publisherId': getPublisher,
    '/v1/catalogs': listCatalogs,
    '/v1/catalogs/:catalogId': getCatalog,
    '/v1/catalogs/:catalogId/software': listSoftware,
    '/v1/catalogs/:catalogId/publishers': listPublishers,
  };
  return Object.entries(routes).map(([path, handler]) => ({ path, get: handler }));
}

/** The parameters as they are written: Express would read the brackets of `page[size]` as a structure. */
const searchOf = ({ url }: Request): URLSearchParams => new URLSearchParams(url.split('?')[1] ?? '');

/** The records at an address, however it is written. */
function withUrl(records: readonly RecordSummary[], url: string): RecordSummary[] {
  const { address } = parseSolutionAddress(url);
  return address === null
    ? []
    : records.filter((record) =>
        [record.url, ...record.aliases].some((other) => parseSolutionAddress(other).address === address),
      );
}

const writePublisher = ({
  uuid,
  alternativeId,
  catalogueId,
  description,
  codeHosting,
  createdAt,
  updatedAt,
}: Publisher): JsonObject => ({
  id: uuid,
  description,
  ...(alternativeId === undefined ? {} : { alternativeId }),
  codeHosting,
  active: true,
  catalogId: toUuid(catalogueId),
  createdAt,
  updatedAt,
});

/** A catalogue states no time of its own: it exists as long as its oldest record. */
const toCatalog = ({ uuid, country, title, records }: CatalogueSummary) => ({
  uuid,
  id: uuid,
  name: title,
  alternativeId: country,
  active: true,
  scopes: [`iso3166:${country}`],
  sources: [],
  createdAt: records[0]?.createdAt ?? unknownTime,
  updatedAt:
    records
      .map(({ updatedAt }) => updatedAt)
      .sort()
      .at(-1) ?? unknownTime,
});

/** The API requires a time also of a catalogue without records. */
const unknownTime = '1970-01-01T00:00:00.000Z';
