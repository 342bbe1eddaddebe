import { Text } from './text.js';

interface TopicNameProps {
  /** A topic by its id, such as `meeting-management`: publiccode.yml has the same as categories. */
  readonly topic: string;
  /** The names of topics in the reader's language. */
  readonly names: Readonly<Record<string, string>>;
}

/** The name of a topic. What a catalogue made up has none: its id consists of English words. */
export function TopicName({ topic, names }: TopicNameProps) {
  const name = names[topic];
  return name === undefined ? <Text value={topic.replaceAll('-', ' ')} lang="en" /> : <Text value={name} />;
}
