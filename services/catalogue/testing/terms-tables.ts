import { importTables } from '../import/tables/import-tables.js';
import type { ImportReport } from '../import/tables/import-report.js';
import { openFolder } from '../import/tables/table-files.js';
import { type MutationCatalogue, tables } from './mutation-fixtures.js';
import { plainCatalogue, writeTables } from './test-catalogue.js';

/** Tables of terms, fees and contracts, some rows of which are bad. */
export const termsTables = {
  'terms.csv': [
    'id,consortium,address,open_to_kinds,open_to_nuts,eligibility_da,conditions_da,conditions_en,support_da,agreement_url,exception_ground,exception_reason_da,source,observed_on',
    'dk:terms:k,Kreds,,MUNICIPALITY|REGION,DK,Offentlige myndigheder,Vedtægter,Bylaws,Sekretariat,https://example.org/agreement,,,s,2024-01-15',
    'dk:terms:k-desk,dk:consortium:k,https://GitHub.com/Kreds/Desk.git,,,,,,,,,,s,',
    'dk:terms:secret,,urn:dk:solution:secret,,,,,,,,SECURITY,Politiets systemer,s,',
    'dk:terms:bad-1,,,,,,,,,,,,s,',
    'dk:terms:bad-2,dk:consortium:k,,,,,,,,,SECURITY,,s,',
    'dk:terms:bad-3,,urn:dk:solution:a,,,,,,,,,Hvorfor,s,',
    'dk:terms:bad-4,dk:consortium:z,,,,,,,,,,,s,',
    'be:terms:bad-5,dk:consortium:k,,,,,,,,,,,s,',
    'dk:terms:bad-6,dk:consortium:k,,MUNICIPALITY,DK|DK01,,,,,,,,s,',
    `dk:terms:bad-7,dk:consortium:k,,,,${'x'.repeat(2001)},,,,,,,s,`,
  ],
  'fees.csv': [
    'id,terms,kind,member_kind,population_min,population_max,for_members,amount,currency,start,end,source,observed_on,note',
    'dk:fee:membership,dk:terms:k,MEMBERSHIP,,,,,25000,DKK,2023-01-01,,s,,',
    'dk:fee:large,dk:terms:k-desk,ANNUAL,MUNICIPALITY,25000,,true,34880.50,DKK,,,s,2023-08-31,Per year',
    'dk:fee:small,dk:terms:k-desk,ANNUAL,MUNICIPALITY,,24999,true,0,DKK,,,s,2023-08-31,',
    'dk:fee:joining,dk:terms:k-desk,JOINING,,,,false,007,DKK,2020-01-01,2022-01-01,s,,',
    'dk:fee:bad-1,dk:terms:none,JOINING,,,,,7,DKK,,,s,,',
    'dk:fee:bad-2,dk:terms:k,JOINING,,5,4,,7,DKK,,,s,,',
    'dk:fee:bad-3,dk:terms:k,JOINING,,,,,"7,5",DKK,,,s,,',
    'dk:fee:bad-4,dk:terms:k,JOINING,,,,,7,kr.,,,s,,',
    'dk:fee:bad-5,dk:terms:k,JOINING,,,,,7,DKK,2022-01-01,2020-01-01,s,,',
  ],
  'contracts.csv': [
    'id,supplier_name,supplier_identifier,client,address,start,end,url,source',
    'dk:contract:desk,Magenta ApS,DK_CVR:25052943,DK_TEST:A1,github.com/kreds/desk,2020-01-01,,https://example.org/c,s',
    'dk:contract:abroad,Zeta,,be:administration:1,,,,,s',
    'dk:contract:bad-1,Zeta,,,,,,,s',
    'dk:contract:bad-2,,,,urn:dk:solution:a,,,,s',
    'dk:contract:bad-3,Zeta,25052943,,urn:dk:solution:a,,,,s',
    'dk:contract:bad-4,Zeta,,dk:administration:z,,,,,s',
  ],
  'records.csv': [
    'id,kind,address,name,licence,maintenance_type,source',
    'dk:record:desk,SOFTWARE,github.com/kreds/desk,Desk,EUPL-1.2,NONE,s',
    'dk:record:secret,SOFTWARE,urn:dk:solution:secret,Secret,,,s',
  ],
};

/** Imports tables as the command does. */
export async function importAgain(
  catalogue: MutationCatalogue,
  changed: Readonly<Record<string, readonly string[]>>,
): Promise<ImportReport> {
  const { folder, remove } = writeTables({ 'sources.csv': tables['sources.csv'], ...changed });
  const options = { kind: 'TABLES', missing: 'keep', on: '2026-03-01' } as const;
  const report = await importTables(plainCatalogue, openFolder(folder), catalogue.database, options);
  remove();
  if (!report) throw new Error('There is no report.');
  return report;
}
