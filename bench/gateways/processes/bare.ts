/** A bare node:http server that has one answer for everybody: no gateway can be faster. */
import { createServer } from 'node:http';

const answer = Buffer.from(process.env['ANSWER'] ?? '');
const headers = { 'content-type': 'application/json; charset=utf-8', 'content-length': answer.length };

createServer((request, response) => {
  request.resume();
  response.writeHead(200, headers).end(answer);
}).listen(Number(process.env['PORT']), '127.0.0.1');
