import type { FieldNode, GraphQLResolveInfo } from 'graphql';

import type { Position } from './execution.js';

/** What is the same for every object of which a field is resolved. */
type SelectedFieldInfo = Pick<
  GraphQLResolveInfo,
  'fieldName' | 'returnType' | 'parentType' | 'schema' | 'fragments' | 'operation'
> & { readonly fieldNodes: readonly FieldNode[] };

/** What a resolver can know about its field. Most do not look at it, so it refers to what it has in common with others. */
export class ResolveInfo {
  readonly path: Position;
  readonly variableValues: Readonly<Record<string, unknown>>;
  readonly selected: SelectedFieldInfo;

  constructor(selected: SelectedFieldInfo, path: Position, variableValues: Readonly<Record<string, unknown>>) {
    this.selected = selected;
    this.path = path;
    this.variableValues = variableValues;
  }

  get fieldName() {
    return this.selected.fieldName;
  }
  get fieldNodes() {
    return this.selected.fieldNodes;
  }
  get returnType() {
    return this.selected.returnType;
  }
  get parentType() {
    return this.selected.parentType;
  }
  get schema() {
    return this.selected.schema;
  }
  get fragments() {
    return this.selected.fragments;
  }
  get operation() {
    return this.selected.operation;
  }
  get rootValue() {
    return undefined;
  }
}
