import { isMap, parseDocument } from 'yaml';

import { countryByCode } from '../../../schema/values/countries.js';
import type { GatewayClient, JsonObject, Sender } from '../gateway/gateway-client.js';
import { gatewayUnavailable } from '../gateway/gateway-error.js';
import { readOperation } from '../operations/stored-operations.js';
import { toUuid } from './to-uuid.js';
import type { RecordSummary } from './catalogue-reader.js';

/**
 * How many records an operation reads. All groups have this length, and the last of a page repeats a record, so that a gateway plans one
 * operation for a catalogue, and not one for each number of records: to plan fifty takes it seconds while it is busy.
 */
const recordsPerOperation = 10;
/** What the Open Catalog API allows. */
const maxTextLength = 99_999;

interface RecordText {
  readonly publiccodeFile: { readonly text: string } | null;
  readonly solution: { readonly adoptions: { readonly nodes: readonly (AdoptionNode | null)[] } | null } | null;
}

interface AdoptionNode {
  readonly confirmed: boolean | null;
  readonly administration: { readonly name: string } | null;
}

/** Reads software: records, each with its publiccode.yml. */
export type SoftwareReader = (records: readonly RecordSummary[], sender: Sender) => Promise<JsonObject[]>;

/** Creates a reader of software. Records whose catalogue writes no file for them are left out. */
export function createSoftwareReader(gateway: GatewayClient): SoftwareReader {
  const [, selection = ''] =
    /record\(id: \$id\) (\{[^]*\})\s*\}\s*\}\s*\}\s*$/.exec(readOperation('record-text')) ?? [];

  const readTexts = async (records: readonly RecordSummary[], sender: Sender): Promise<[string, RecordText][]> => {
    const folder = countryByCode(records[0]?.catalogueId.slice(0, 2) ?? '')?.folder;
    if (folder === undefined) return [];
    const length = records.length === 1 ? 1 : recordsPerOperation;
    const ids = Array.from({ length }, (_, index) => records[Math.min(index, records.length - 1)]?.id);
    const variables = Object.fromEntries(ids.map((id, index) => [`id${index}`, id]));
    const definitions = Object.keys(variables).map((name) => `$${name}: ID!`);
    const fields = Object.keys(variables).map((name, index) => `r${index}: record(id: $${name}) ${selection}`);
    // Not by `node`, which may be the catalogue of any country: the gateway limits what an operation may become for all of them.
    const query = `query RecordTexts(${definitions.join(', ')}) { catalogue: ${folder} { ${fields.join('\n')} } }`;
    const { data } = await gateway.execute({ query, variables }, sender);
    const found = data['catalogue'] as Readonly<Record<string, RecordText | null>> | null;
    if (!found) throw gatewayUnavailable();
    return records.flatMap(({ id }, index): [string, RecordText][] => {
      const text = found[`r${index}`];
      return text ? [[id, text]] : [];
    });
  };

  return async (records, sender) => {
    const groups = await Promise.all(groupsOf(records).map((group) => readTexts(group, sender)));
    const texts = new Map(groups.flat());
    return records.flatMap((record) => {
      const text = texts.get(record.id);
      const publiccodeYml = text && toPubliccode(text);
      return publiccodeYml === undefined || publiccodeYml.length > maxTextLength
        ? []
        : [toSoftware(record, publiccodeYml)];
    });
  };
}

/** Groups of one catalogue each, which one operation reads. */
function groupsOf(records: readonly RecordSummary[]): RecordSummary[][] {
  const groups: RecordSummary[][] = [];
  const open = new Map<string, RecordSummary[]>();
  for (const record of records) {
    const group = open.get(record.catalogueId);
    if (group && group.length < recordsPerOperation) group.push(record);
    else {
      const next = [record];
      open.set(record.catalogueId, next);
      groups.push(next);
    }
  }
  return groups;
}

/** The text of the file, with those as users that their own country's catalogue names. */
function toPubliccode({ publiccodeFile, solution }: RecordText): string | undefined {
  if (!publiccodeFile) return undefined;
  const users = (solution?.adoptions?.nodes ?? []).flatMap((adoption) =>
    adoption?.confirmed && adoption.administration ? [adoption.administration.name] : [],
  );
  const document = parseDocument(publiccodeFile.text);
  if (users.length === 0 || !isMap(document.contents)) return publiccodeFile.text;
  document.set('usedBy', [...new Set(users)]);
  return document.toString();
}

const toSoftware = (
  { uuid, url, aliases, catalogueId, createdAt, updatedAt }: RecordSummary,
  publiccodeYml: string,
): JsonObject => ({
  id: uuid,
  url,
  ...(aliases.length > 0 ? { aliases } : {}),
  publiccodeYml,
  active: true,
  catalogId: toUuid(catalogueId),
  createdAt,
  updatedAt,
});
