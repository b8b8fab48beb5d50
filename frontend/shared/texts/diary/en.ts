const en = { name: 'Charley' };

/** What every language of the diary must say. */
export type DiaryTexts = typeof en;
export default en;
