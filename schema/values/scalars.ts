import { GraphQLScalarType, Kind, print, type ValueNode } from 'graphql';

import { calendarDay, countryCode, decimalNumber, moment, type ValueForm, webAddress } from './value-form.js';

type Fail = (message: string) => Error;

/** The scalars of the contract, and the texts that each allows. */
export const scalarForms = {
  Date: calendarDay,
  DateTime: moment,
  URL: webAddress,
  CountryCode: countryCode,
  Decimal: decimalNumber,
} as const;

/**
 * The scalars of the contract, whose input is checked. Output passes as it is: it is the catalogue's own, and the gateway
 * validates it.
 *
 * @param fail creates the error for rejected input, by its code and message. A GraphQLError: to others graphql adds the
 * whole value.
 */
export const createScalars = (fail: (code: string) => Fail): Record<keyof typeof scalarForms, GraphQLScalarType> => ({
  Date: scalar('Date', fail('INVALID_DATE')),
  DateTime: scalar('DateTime', fail('INVALID_DATE')),
  URL: scalar('URL', fail('INVALID_URL')),
  CountryCode: scalar('CountryCode', fail('INVALID_COUNTRY')),
  Decimal: scalar('Decimal', fail('INVALID_DECIMAL')),
});

function scalar(name: keyof typeof scalarForms, fail: Fail): GraphQLScalarType<string, string> {
  const { isValid, allowed }: ValueForm = scalarForms[name];
  const rejected = (value: string): Error => fail(`${value} is not a valid ${name}; it must be ${allowed}.`);
  return new GraphQLScalarType<string, string>({
    name,
    serialize: (value) => value as string,
    parseValue: (value) => {
      if (typeof value === 'string' && isValid(value)) return value;
      throw rejected(shown(value));
    },
    parseLiteral: (node: ValueNode) => {
      if (node.kind === Kind.STRING && isValid(node.value)) return node.value;
      throw rejected(node.kind === Kind.STRING ? shown(node.value) : shortened(print(node)));
    },
  });
}

/** A message contains the value, but not whole pages of it. */
const shortened = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);

const shown = (value: unknown): string =>
  typeof value === 'string' ? JSON.stringify(shortened(value)) : shortened(JSON.stringify(value));
