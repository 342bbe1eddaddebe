import { findBreakingChanges, findDangerousChanges, type GraphQLSchema } from 'graphql';

/** What a change of the schema means for clients. */
export interface ClientChange {
  /** Breaking: an operation that was valid is rejected. Dangerous: it is valid, but its response may be unexpected. */
  readonly severity: 'breaking' | 'dangerous';
  readonly sentence: string;
}

/** The changes between two schemas that clients may feel; the breaking ones first. What is only added is none. */
export const clientChanges = (before: GraphQLSchema, after: GraphQLSchema): ClientChange[] => [
  ...findBreakingChanges(before, after).map(({ description }) => ({
    severity: 'breaking' as const,
    sentence: description,
  })),
  ...findDangerousChanges(before, after).map(({ description }) => ({
    severity: 'dangerous' as const,
    sentence: description,
  })),
];
