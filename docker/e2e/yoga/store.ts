import { randomUUID } from 'node:crypto';

import type { Organisation, Rows, Subject } from './types.js';

/** An entry of the change feed. */
export interface Change {
  readonly number: number;
  readonly at: string;
  readonly kind: 'UPSERT' | 'DELETE';
  readonly subject: Subject;
  readonly subjectId: string;
}

/** The catalogue in memory. Every change of it is in its feed, which begins anew with every start. */
export interface Store {
  readonly feedId: string;
  /** The latest change of each thing, oldest first. */
  readonly changes: () => readonly Change[];
  readonly find: <S extends Subject>(subject: S, id: string) => Rows[S] | null;
  readonly all: <S extends Subject>(subject: S) => readonly Rows[S][];
  readonly put: <S extends Subject>(subject: S, row: Rows[S]) => void;
  readonly remove: (subject: Subject, id: string) => void;
}

type Tables = { readonly [S in Subject]: Map<string, Rows[S]> };

export function createStore(data: { readonly [S in Subject]: readonly Rows[S][] }): Store {
  const tables: Tables = {
    ADMINISTRATION: new Map(),
    CONSORTIUM: new Map(),
    MEMBERSHIP: new Map(),
    CLAIM: new Map(),
    RECORD: new Map(),
    PORTFOLIO: new Map(),
    ADOPTION: new Map(),
  };
  const latest = new Map<string, Change>();
  let number = 0;
  const note = (kind: Change['kind'], subject: Subject, subjectId: string): void => {
    // A map keeps the order in which keys came: what changes again goes to the end.
    latest.delete(`${subject} ${subjectId}`);
    number += 1;
    latest.set(`${subject} ${subjectId}`, { number, at: new Date().toISOString(), kind, subject, subjectId });
  };
  const put: Store['put'] = (subject, row) => {
    tables[subject].set(row.id, row);
    note('UPSERT', subject, row.id);
  };
  for (const subject of Object.keys(tables) as Subject[]) for (const row of data[subject]) put(subject, row);
  return {
    feedId: randomUUID(),
    changes: () => [...latest.values()],
    find: (subject, id) => tables[subject].get(id) ?? null,
    all: (subject) => [...tables[subject].values()],
    put,
    remove: (subject, id) => {
      if (tables[subject].delete(id)) note('DELETE', subject, id);
    },
  };
}

/** The body with this id, of either type. */
export const findBody = (store: Store, id: string): Organisation | null =>
  store.find('ADMINISTRATION', id) ?? store.find('CONSORTIUM', id);
