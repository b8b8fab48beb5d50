/** A clock time with the article that Spanish gives it: "la 1:10", but "las 3:10" and "las 13:10". */
export const withArticle = (time: string) => `${/^0?1\D/.test(time) ? 'la' : 'las'} ${time}`;
