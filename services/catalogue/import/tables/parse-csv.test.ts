import { parseCsv } from './parse-csv.js';

const header = 'id,name,note\n';

describe('reading CSV', () => {
  it('gives each row with the line on which it ends', () => {
    expect(parseCsv(`\ufeff${header}1,"a ""b""","c\r\nd"\n\n2,e,f\n`)).toEqual({
      rows: [
        { line: 3, cells: { id: '1', name: 'a "b"', note: 'c\nd' } },
        { line: 5, cells: { id: '2', name: 'e', note: 'f' } },
      ],
      faults: [],
    });
  });

  it.each([
    ['in the midst of a row', '1,ø,"æ\nå"\n\n2,"b,c\n3,d,e\n4,f,g\n', 5, 'name'],
    ['at the beginning of a row, after a row that cannot be read', '1,b\n\n"2,b,c\r\n3,d,e\r\n', 4, 'id'],
    ['in the last row', '1,b,"c', 2, 'note'],
    ['in the header', '', 1, null],
  ])('names where a quote begins that nothing closes: %s', (_where, rows, line, column) => {
    const { faults } = parseCsv(rows === '' ? 'id,"name' : header + rows);
    expect(faults.at(-1)).toEqual({
      line,
      column,
      message: 'begins with a quote that none closes: nothing was read from here to the end of the file',
    });
  });

  it('names where a quote begins that is closed in the midst of another cell, once, and reads on', () => {
    const { rows, faults } = parseCsv(`${header}1,"b,c\r\n2,"d","e"\r\n3,f,g\r\n`);
    expect(faults).toEqual([
      { line: 2, column: 'name', message: expect.stringMatching(/the next, on line 3, does not end it/) as string },
    ]);
    expect(rows).toEqual([{ line: 4, cells: { id: '3', name: 'f', note: 'g' } }]);
  });

  it('names the line of any other row that cannot be read', () => {
    expect(parseCsv(`${header}1,b\n2,b"b,c\n3,d,e\n`)).toMatchObject({
      rows: [{ line: 4 }],
      faults: [
        { line: 2, column: null, message: expect.stringContaining('could not be read') as string },
        { line: 3, column: null, message: expect.stringContaining('could not be read') as string },
      ],
    });
  });
});
