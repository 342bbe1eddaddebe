import { createOutput } from './output.js';

const printed = (colour: boolean, print: (output: ReturnType<typeof createOutput>) => void): string => {
  let text = '';
  print(createOutput(['denmark', 'italy'], colour, (part) => (text += part)));
  return text;
};

describe('createOutput', () => {
  it('prints the name before every line', () => {
    const text = printed(false, (output) => {
      output.line('denmark', '{"level":30,"msg":"ready"}');
      output.line('italy', '{"level":50,"msg":"failed\\nbadly"}');
      output.line('italy', 'plain');
      output.log('stopping …');
    });
    expect(text).toBe(
      'denmark │ ready\nitaly   │ error: failed\nitaly   │ badly\nitaly   │ plain\nstart   │ stopping …\n',
    );
  });

  it('prints the name of each process in a colour of its own', () => {
    const text = printed(true, (output) => {
      output.line('denmark', 'a');
      output.line('italy', 'a');
    });
    const [denmark, italy] = text.split('\n').map((line) => line.slice(0, 5));
    expect(denmark).toContain('\u001b[');
    expect(denmark).not.toBe(italy);
  });
});
