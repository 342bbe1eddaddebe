import { Kind, parse } from 'graphql';
import { z } from 'zod';

import { readProjectFile } from '../../../../schema/files.js';
import { isPlainText, plainTextFormat } from '../../../../schema/values/plain-text.js';
import { parseOrganisationId } from '../../../../schema/values/organisation-id.js';
import { isDay, isMoment, registerCode, webAddress } from '../../../../schema/values/value-form.js';
import { addressErrors, parseSolutionAddress } from '../../../../schema/values/solution-address.js';
import { codeScheme, maxNotationLength, topicId } from '../../../../schema/values/code-forms.js';
import { currencyCode } from '../../../../schema/values/currencies.js';
import { latestToday } from '../../../shared/dates.js';
import { isNotation, parseCodeText } from '../../model/codes.js';

// Schemas of cells. An empty cell, or one whose column is missing, is ''.

const enums = new Map(
  ['shared', 'country'].flatMap((part) =>
    parse(readProjectFile(`schema/contract/${part}.graphql`)).definitions.flatMap((definition) =>
      definition.kind === Kind.ENUM_TYPE_DEFINITION
        ? [[definition.name.value, (definition.values ?? []).map((value) => value.name.value)] as const]
        : [],
    ),
  ),
);

const plainText = z.string().refine(isPlainText, `must be ${plainTextFormat}`);

/** A cell that must not be empty. */
export const text = plainText.min(1, 'is empty').max(2000, 'is longer than 2000 characters');

/** A name or a code, short enough for an index. */
export const shortText = plainText.min(1, 'is empty').max(300, 'is longer than 300 characters');

/** Several values, separated by vertical bars. */
export const list = z.string().transform((cell) => (cell === '' ? [] : cell.split('|').map((value) => value.trim())));

/** Empty means unknown. */
const emptyToNull = <Cell extends z.ZodType>(cell: Cell) => z.union([z.literal('').transform((): null => null), cell]);

export const optionalText = emptyToNull(plainText);

/** One of the values of an enum of the contract. */
export const oneOf = <Value extends string>(name: string) => {
  const values = enums.get(name) ?? [];
  return z.custom<Value>(
    (cell) => typeof cell === 'string' && values.includes(cell),
    `must be one of ${values.join(', ')}`,
  );
};
export const optionalOneOf = <Value extends string>(name: string) => emptyToNull(oneOf<Value>(name));

const dayMessage = 'must be a day such as 2017-08-07';
export const day = z.string().refine(isDay, dayMessage);
export const optionalDay = emptyToNull(day);

const futureMessage = 'must not be in the future';
/** A day on which something has happened: in other catalogues, too, a day in the future must not seem to be the latest. */
export const optionalPastDay = emptyToNull(day.refine((cell) => cell <= latestToday(), futureMessage));

export const organisationId = z
  .string()
  .refine((cell) => parseOrganisationId(cell) !== null, 'must be an id such as dk:administration:0820');

export const optionalShortText = emptyToNull(shortText);

/** The address of a solution's source, or its URN, in any spelling; it is stored normalised. */
export const solutionAddress = z.string().transform((written, context) => {
  const read = parseSolutionAddress(written);
  if (read.address !== null) return read.address;
  // The message quotes it, since it may be one of several in its cell.
  context.addIssue({
    code: 'custom',
    message: `${JSON.stringify(written.slice(0, 100))} ${addressErrors[read.fault]}`,
  });
  return z.NEVER;
});
export const optionalSolutionAddress = emptyToNull(solutionAddress);

const maxAddresses = 20;

/** Several solution addresses; duplicates, in any spelling, are dropped. */
export const solutionAddresses = list
  .refine((cells) => cells.length <= maxAddresses, `has more than ${maxAddresses} addresses, which is the maximum`)
  .pipe(z.array(solutionAddress))
  .transform((addresses) => [...new Set(addresses)]);

/** An id of something other than an organisation: `dk:claim:os2-2017-08-07`. */
export const idOf = (type: string) =>
  z.string().regex(new RegExp(`^[a-z]{2}:${type}:[a-z0-9-]{1,100}$`), `must be an id such as dk:${type}:name`);

export const optionalBoolean = emptyToNull(
  z.enum(['true', 'false'], 'must be true, false or empty').transform((cell) => cell === 'true'),
);

export const count = z
  .string()
  .regex(/^\d{1,9}$/, 'must be a whole number')
  .transform(Number);
export const optionalCount = emptyToNull(count);

export const optionalShare = emptyToNull(
  z
    .string()
    .regex(/^(0(\.\d+)?|1(\.0+)?)$/, 'must be a number from 0 to 1')
    .transform(Number),
);

export const address = z.string().refine(webAddress.isValid, 'must be an http or https address');
export const optionalAddress = emptyToNull(address);

export const optionalPastMoment = emptyToNull(
  z
    .string()
    .refine(isMoment, 'must be a moment such as 2026-11-23T00:00:00Z')
    .refine((cell) => cell.slice(0, 10) <= latestToday(), futureMessage),
);

export const optionalPositiveCount = emptyToNull(count.refine((number) => number > 0, 'must be at least 1'));

/** An amount of money, without separators between its digits. Zeros that mean nothing are dropped, so that equal amounts are equal texts. */
export const amount = z
  .string()
  .regex(
    /^\d{1,12}(\.\d{1,3})?$/,
    'must be an amount such as 203435.50, with at most 12 digits before the point and 3 after it',
  )
  .transform((cell) => cell.replace(/^0+(?=\d)/, '').replace(/\.?0*$/, (zeros) => (cell.includes('.') ? '' : zeros)));
export const optionalAmount = emptyToNull(amount);

export const currency = z.string().refine(currencyCode.isValid, `must be ${currencyCode.allowed}`);
export const optionalCurrency = emptyToNull(currency);

/** The name of a code list. */
export const scheme = z.string().refine(codeScheme.isValid, `must be ${codeScheme.allowed}`);
export const optionalScheme = emptyToNull(scheme);

/** A code of a code list. */
export const notation = z
  .string()
  .refine(isNotation, `must be a code of at most ${maxNotationLength} characters, without a vertical bar`);
export const optionalNotation = emptyToNull(notation);

export const optionalTopic = emptyToNull(z.string().refine(topicId.isValid, `must be ${topicId.allowed}`));

const maxCodes = 50;

/** Several codes, each as `scheme:notation`; duplicates are dropped. */
export const codes = list
  .refine((cells) => cells.length <= maxCodes, `has more than ${maxCodes} codes, which is the maximum`)
  .pipe(
    z.array(
      // The message quotes it, since it may be one of several in its cell.
      z.string().refine((cell) => parseCodeText(cell) !== null, {
        error: ({ input }) =>
          `${JSON.stringify(String(input).slice(0, 100))} must be a code with its list, such as DK_KLE:00.22`,
      }),
    ),
  )
  .transform((cells) => [...new Set(cells)]);

/** The code of a supplier, with its register. */
export const optionalRegisterCode = emptyToNull(
  z.string().refine(registerCode.isValid, `must be ${registerCode.allowed}`),
);

/** A NUTS code of any level; the country's own rows begin with its code. */
export const optionalNuts = emptyToNull(
  z.string().regex(/^[A-Z]{2}[0-9A-Z]{0,3}$/, 'must be a NUTS code such as DK011'),
);

const precision = optionalOneOf<'DAY' | 'MONTH' | 'SEASON' | 'YEAR'>('DatePrecision');

/** The five columns of a period. */
export const periodCells = {
  start: optionalDay,
  start_precision: precision,
  end: optionalDay,
  end_precision: precision,
  ended: optionalBoolean,
};

/** The precision of a date. */
export const precisionCell = precision;
