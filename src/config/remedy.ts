/** What a setting has to be, said to whoever wrote something else; never what he wrote, which may be a secret. */
import type { z } from 'zod';

const FORMATS: Readonly<Record<string, string>> = {
  url: 'must be a URL, such as https://posta.example.cz',
  email: 'must be an e-mail address',
};

const TYPES: Readonly<Record<string, string>> = {
  number: 'must be a whole number',
  int: 'must be a whole number',
  string: 'must be text, in quotes',
  array: 'must be a list, such as ["a", "b"]',
  object: 'must be a table of settings',
};

export function remedyOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return (issue.message.startsWith('Invalid input') ? TYPES[issue.expected] : undefined) ?? issue.message;
    case 'too_small':
      return issue.origin === 'string' ? 'must not be empty' : `must be at least ${issue.minimum}`;
    case 'too_big':
      return `must be at most ${issue.maximum}`;
    case 'invalid_value':
      return `must be one of: ${issue.values.map(String).join(', ')}`;
    case 'invalid_format':
      return (issue.message.startsWith('Invalid') ? FORMATS[issue.format] : undefined) ?? issue.message;
    default:
      return issue.message;
  }
}
