import { print } from 'graphql';

import type { GatewayClient } from '../gateway/gateway-client.js';
import type { Handler, Route } from '../http/route.js';
import { toListOperation } from '../lists/list-operation.js';
import type { StoredOperation } from '../operations/stored-operations.js';
import { type ExportRequest, parsePostedExport, parseQueryExport, parseStoredExport } from './export-request.js';
import { sendList } from './send-list.js';

/** Lists as CSV and JSON Lines: those of stored operations by their names, and those of any operation. */
export function exportRoutes(gateway: GatewayClient, operations: readonly StoredOperation[]): Route[] {
  const send =
    (parse: (...request: Parameters<Handler>) => ExportRequest | Promise<ExportRequest>): Handler =>
    async (request, response, sender) => {
      const parsed = await parse(request, response, sender);
      await sendList(toListOperation(parsed), { gateway, sender, response }, parsed);
    };
  const sendQuery = send(parseQueryExport);
  return [
    { path: '/export/:file', get: send((request) => parseStoredExport(request, operations)) },
    {
      path: '/export',
      get: (request, response, sender) =>
        request.query['query'] === undefined
          ? void response.json({ operations: operations.map(describe) })
          : sendQuery(request, response, sender),
      post: send((request, _response, sender) => parsePostedExport(request, sender)),
    },
  ];
}

/** What a client needs to know to export a stored operation. */
const describe = ({ name, description, variables, exampleVariables }: StoredOperation) => ({
  name,
  description,
  variables: Object.fromEntries(variables.map(({ variable, type }) => [variable.name.value, print(type)])),
  exampleVariables,
});
