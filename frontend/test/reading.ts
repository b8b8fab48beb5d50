/**
 * The reading level of what patients read, by formulas that count letters instead of syllables, so that they need no
 * dictionary and work in both languages.
 *
 * LIX (Björnsson 1968): words per sentence plus the percentage of words of more than six letters. Anderson (Journal of
 * Reading 1983;26:490) gives 28-31 for American grade 6, 32-35 for grade 7.
 *
 * Coleman-Liau index (J Appl Psychol 1975;60:283): the American grade of an English text, from letters and sentences per
 * word; grade 6 is below 7. Its constants hold for English only.
 *
 * Spanish: words are longer and sentences run longer for the same content, so the same LIX means an easier text. Normal
 * newspapers measure 25 + 27 = 52 in English and 35 + 32 = 67 in Spanish (Björnsson, Reading Research Quarterly
 * 1983;18:480). Of that gap a page gets only the five points that are the language's longer words, 31 + 5 = 36, and none
 * of the ten for longer sentences: how long a page's sentences are is ours to decide. A single sentence may run a fifth
 * longer than in English, half of what newspapers do, for articles and prepositions that English can leave out.
 *
 * A formula sees length, not sense: it is a guard against drifting into officialese, and no substitute for readers.
 */
export interface Limits {
  /** Highest LIX of a page. */
  page: number;
  /** Highest LIX of one block of at least `blockWords` words: one grade's worth of room and more, for blocks are short. */
  block: number;
  /** Most words in one sentence; plain-language guides ask for 15 to 20. */
  sentence: number;
  /** Coleman-Liau grade of a page, where the formula holds. */
  grade?: number;
}

export const limits: Record<'en' | 'es', Limits> = {
  en: { page: 31, block: 44, sentence: 20, grade: 7 },
  es: { page: 36, block: 50, sentence: 24 },
};

const blockWords = 12;

/** What the formulas count. */
export interface Counts {
  words: number;
  sentences: number;
  letters: number;
  /** Words of more than six letters. */
  longWords: number;
}

// A colon ends a sentence, as Björnsson counts. A point between digits does not.
const sentenceEnd = /[.!?:…]+(?=\s|$|["”»)])/;
const word = /[\p{L}\p{N}]+(?:['’.,-][\p{L}\p{N}]+)*/gu;

const wordsOf = (text: string) => text.match(word) ?? [];
const sentencesOf = (block: string) => block.split(sentenceEnd).filter((part) => wordsOf(part).length > 0);

/** Counts a text; each block of it ends a sentence, with or without a full stop. */
export function count(blocks: readonly string[]): Counts {
  const lengths = blocks.flatMap(wordsOf).map((each) => each.replace(/[^\p{L}\p{N}]/gu, '').length);
  return {
    words: lengths.length,
    sentences: blocks.flatMap(sentencesOf).length,
    letters: lengths.reduce((sum, length) => sum + length, 0),
    longWords: lengths.filter((length) => length > 6).length,
  };
}

/** Björnsson's LIX. */
export function lix({ words, sentences, longWords }: Counts): number {
  return words / sentences + (100 * longWords) / words;
}

/** The Coleman-Liau index. */
export function colemanLiau({ words, sentences, letters }: Counts): number {
  return (5.88 * letters - 29.6 * sentences) / words - 15.8;
}

/** What of a page is too hard to read, in words; empty when all is well. */
export function tooHard(blocks: readonly string[], language: 'en' | 'es'): string[] {
  const { page, block, sentence, grade } = limits[language];
  const counts = count(blocks);
  const hard: string[] = [];
  if (lix(counts) > page) hard.push(`page: LIX ${lix(counts).toFixed(1)} of ${page}: ${blocks.join(' ').slice(0, 80)}`);
  if (grade && colemanLiau(counts) >= grade) hard.push(`page: grade ${colemanLiau(counts).toFixed(1)} of ${grade}: ${blocks.join(' ').slice(0, 80)}`);
  for (const text of blocks) {
    const own = count([text]);
    if (own.words >= blockWords && lix(own) > block) hard.push(`LIX ${lix(own).toFixed(1)} of ${block}: ${text}`);
    hard.push(...sentencesOf(text).filter((part) => wordsOf(part).length > sentence).map((part) => `longer than ${sentence} words: ${part.trim()}`));
  }
  return [...new Set(hard)];
}
