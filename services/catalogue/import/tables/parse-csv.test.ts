import { type CsvRow, parseCsv, readCsv } from './parse-csv.js';

const header = 'id,name,note\n';

describe('parseCsv', () => {
  it('returns each row with the line on which it ends', () => {
    expect(parseCsv(`\ufeff${header}1,"a ""b""","c\r\nd"\n\n2,e,f\n`)).toEqual({
      rows: [
        { line: 3, cells: { id: '1', name: 'a "b"', note: 'c\nd' } },
        { line: 5, cells: { id: '2', name: 'e', note: 'f' } },
      ],
      errors: [],
    });
  });

  it.each([
    ['in the middle of a row', '1,ø,"æ\nå"\n\n2,"b,c\n3,d,e\n4,f,g\n', 5, 'name'],
    ['at the beginning of a row, after a row that cannot be parsed', '1,b\n\n"2,b,c\r\n3,d,e\r\n', 4, 'id'],
    ['in the last row', '1,b,"c', 2, 'note'],
    ['in the header', '', 1, null],
  ])('reports where a quote begins that is never closed: %s', (_where, rows, line, column) => {
    const { errors } = parseCsv(rows === '' ? 'id,"name' : header + rows);
    expect(errors.at(-1)).toEqual({
      line,
      column,
      message:
        'begins with a quote that is never closed: nothing was read from here to the end of the file. Close it, or remove it',
    });
  });

  it.each(['id,name,id', '\ufeff"id", name , ID '])('reads nothing if two columns have the same name: %s', (names) => {
    expect(parseCsv(`${names}\n1,a,2\n`)).toEqual({
      rows: [],
      errors: [
        {
          line: 1,
          column: expect.stringMatching(/^ ?id ?$/i) as string,
          message: 'is the name of two columns: nothing was read. Remove or rename one of them',
        },
      ],
    });
  });

  it('reports once where a quote begins that is closed within another cell, and parses the next row', () => {
    const { rows, errors } = parseCsv(`${header}1,"b,c\r\n2,"d","e"\r\n3,f,g\r\n`);
    expect(errors).toEqual([
      {
        line: 2,
        column: 'name',
        message: expect.stringMatching(/the next quote, on line 3, is not at the end of the cell/) as string,
      },
    ]);
    expect(rows).toEqual([{ line: 4, cells: { id: '3', name: 'f', note: 'g' } }]);
  });

  it('reports the line of any other row that cannot be parsed', () => {
    expect(parseCsv(`${header}1,b\n2,b"b,c\n3,d,e\n`)).toMatchObject({
      rows: [{ line: 4 }],
      errors: [
        { line: 2, column: null, message: expect.stringContaining('could not be parsed') as string },
        { line: 3, column: null, message: expect.stringContaining('could not be parsed') as string },
      ],
    });
  });
});

it('readCsv reads a long text in parts as parseCsv reads it at once, and other work is done between them', async () => {
  const names = Array.from({ length: 5_000 }, (_, index) => `${index},"Ærø ""${'€'.repeat(index % 7)}""\n${index}",x`);
  const text = ['id,name,note', ...names.slice(0, 4_000), '1,2', ...names.slice(4_000), '9,"open,y'].join('\n');
  const rows: CsvRow[] = [];
  let pauses = 0;
  const { errors } = await readCsv(
    text,
    (row) => rows.push(row),
    async () => {
      pauses += 1;
      await Promise.resolve();
    },
  );
  expect({ rows, errors }).toEqual(parseCsv(text));
  expect(errors).toHaveLength(2);
  expect(pauses).toBeGreaterThan(1);
});
