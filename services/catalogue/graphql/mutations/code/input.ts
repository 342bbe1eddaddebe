import type { LocalisedText } from '../../../../shared/languages.js';
import type { InputMaybe, ProvenanceInput } from '../../../generated/resolver-types.js';
import * as tables from '../../../import/tables/table-definitions.js';
import { toCodeListRow, toCodeRow } from '../../../import/tables/to-need-rows.js';
import type { NationalCatalogue } from '../../../model/national-catalogue.js';
import type { CodeListRow, CodeRow } from '../../../model/need-rows.js';
import { type FieldPath, reject } from '../core/failures.js';
import { inputToRow, provenanceCells, provenanceFields, toReferences } from '../core/input-to-row.js';
import { parseTexts } from '../core/texts.js';
import type { UnitOfWork } from '../core/unit-of-work.js';

interface CodeListInput {
  readonly titles: readonly LocalisedText[];
  readonly version?: InputMaybe<string> | undefined;
  readonly publisher?: InputMaybe<string> | undefined;
  readonly licence?: InputMaybe<string> | undefined;
  readonly url?: InputMaybe<string> | undefined;
  readonly provenance: ProvenanceInput;
}

/**
 * Converts an input to the row of a code list.
 *
 * @throws MutationError INVALID_VALUE where an import would reject it.
 */
export function inputToCodeList(catalogue: NationalCatalogue, scheme: string, input: CodeListInput): CodeListRow {
  const { version, publisher, licence, url, provenance } = input;
  const cells = { scheme, version, publisher, licence, url, ...provenanceCells(provenance) };
  const fields = { title_: ['titles'], ...provenanceFields };
  const texts = { title_: parseTexts(input.titles, ['titles']) };
  return inputToRow(tables.codeLists, { cells, fields, texts }, toCodeListRow(catalogue, toReferences(provenance, [])));
}

interface NewCode {
  readonly notation: string;
  readonly labels: readonly LocalisedText[];
  readonly broaderNotation?: InputMaybe<string> | undefined;
}

/**
 * Converts an input to the row of a code of a list that exists.
 *
 * @param within the part of the input with the code.
 * @throws MutationError INVALID_VALUE where an import would reject it.
 */
export function inputToCode(
  catalogue: NationalCatalogue,
  scheme: string,
  { notation, labels, broaderNotation }: NewCode,
  provenance: ProvenanceInput,
  within: FieldPath = [],
): CodeRow {
  const cells = { scheme, notation, broader: broaderNotation, ...provenanceCells(provenance) };
  const fields = {
    notation: [...within, 'notation'],
    broader: [...within, 'broaderNotation'],
    label_: [...within, 'labels'],
    ...provenanceFields,
  };
  const texts = { label_: parseTexts(labels, fields.label_) };
  const toRow = toCodeRow(catalogue, toReferences(provenance, []), new Set([scheme]));
  return inputToRow(tables.codes, { cells, fields, texts }, toRow);
}

/**
 * Checks that the broader code of each code exists, also among the codes themselves, and that no code becomes broader than itself.
 * Locks the code list until the transaction ends.
 *
 * @param fieldOf the field of the input with the broader code of a code.
 * @throws MutationError NOT_FOUND or INVALID_VALUE.
 */
export async function checkBroader(
  { rows }: UnitOfWork,
  scheme: string,
  codes: readonly CodeRow[],
  fieldOf: (code: CodeRow) => FieldPath,
): Promise<void> {
  await rows.lock([`code list ${scheme}`]);
  const stored = await rows.findBroaderCodes(
    scheme,
    codes.flatMap(({ broader }) => broader ?? []),
  );
  const broaderOf = new Map([...stored, ...codes].map(({ notation, broader }) => [notation, broader]));
  for (const code of codes) {
    const seen = new Set([code.notation]);
    for (let broader = code.broader; broader !== null; broader = broaderOf.get(broader) ?? null) {
      if (!broaderOf.has(broader))
        reject('NOT_FOUND', fieldOf(code), `${scheme} has no code ${JSON.stringify(broader)}.`);
      if (seen.has(broader))
        reject('INVALID_VALUE', fieldOf(code), `${code.notation} would be broader than itself, by way of ${broader}.`);
      seen.add(broader);
    }
  }
}
