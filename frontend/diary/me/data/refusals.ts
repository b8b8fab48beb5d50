import type { RefusedLine } from '../../../shared/api/types';
import { localeOf } from '../../../shared/preferences';
import { dataTexts, language } from '../../texts';

/** An answer's name in words; as it stands in the file where there is none. */
export function columnName(column: string): string {
  return (dataTexts.value.columns as Partial<Record<string, string>>)[column] ?? column;
}

/** Why a line cannot be used, in words. */
export function refusalInWords(line: RefusedLine): string {
  const t = dataTexts.value.reasons;
  const reason = t[line.reason as keyof typeof t] as (typeof t)[keyof typeof t] | undefined;
  if (reason === undefined) return line.detail;
  if (typeof reason === 'string') return reason;
  const show = (n: number | null) => (n ?? 0).toLocaleString(localeOf(language.value));
  if (line.reason === 'differs') return t.differs(line.other_line ?? 0);
  if (line.reason === 'bounds') return t.bounds(columnName(line.column ?? ''), t.range(show(line.low), show(line.high)));
  return (reason as (column: string) => string)(columnName(line.column ?? ''));
}
