/** An operation in the address of the playground, by the parameters of GraphQL over HTTP. */
export interface LinkedOperation {
  readonly query: string;
  /** JSON. Undefined if the operation has none. */
  readonly variables?: string | undefined;
}

/** Reads the operation of an address. Returns undefined if the address names none. */
export function parseLink(search: string): LinkedOperation | undefined {
  const parameters = new URLSearchParams(search);
  const query = parameters.get('query');
  if (query === null || query.trim() === '') return undefined;
  const variables = parameters.get('variables');
  return {
    query,
    ...(variables !== null && variables.trim() !== '' && { variables: formatJson(variables) }),
  };
}

/** Returns the search part of the address that opens an operation. */
export function formatLink({ query, variables }: LinkedOperation): string {
  const hasVariables = variables !== undefined && variables.trim() !== '';
  return `?${new URLSearchParams({ query, ...(hasVariables && { variables }) }).toString()}`;
}

/** Variables in an address are on one line. What is not JSON is shown as it is: the editor marks the error. */
function formatJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
