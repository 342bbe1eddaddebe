/** A bare node:http server that sends one response to every request: no gateway can be faster. */
import { createServer } from 'node:http';

const body = Buffer.from(process.env['RESPONSE'] ?? '');
const headers = { 'content-type': 'application/json; charset=utf-8', 'content-length': body.length };

createServer((request, response) => {
  request.resume();
  response.writeHead(200, headers).end(body);
}).listen(Number(process.env['PORT']), '127.0.0.1');
